"""Who may come in: the password, tried again only after a pause, and the sessions of those who knew it."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

SESSION_SECONDS = 12 * 60 * 60
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
"""Seconds; a guesser who goes on gets 1,440 guesses a day from one address."""
_MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A login that was refused."""

    seconds: int
    """How long this address has to wait before its next attempt is looked at."""


@dataclass(slots=True)
class _Failures:
    pause: float
    until: float


class Login:
    """One password; pauses that double after each wrong one from the same address; sessions that end by themselves.

    For one thread: the web server's event loop.
    """

    def __init__(self, password: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self._password = self._digest(password)
        self._clock = clock
        self._failures: dict[str, _Failures] = {}
        self._sessions: dict[bytes, float] = {}

    def _digest(self, secret: str) -> bytes:
        # Half a character, which a form may carry, has no UTF-8 form.
        return hmac.digest(self._key, secret.encode("utf-8", errors="surrogatepass"), hashlib.sha256)

    def attempt(self, password: str, address: str) -> str | Refused:
        """The token of a new session for the right password; while an address has to wait, no password is right."""
        now, network = self._clock(), _network(address)
        failures = self._failures.get(network)
        if failures and now < failures.until:
            return Refused(_whole_seconds(failures.until - now))
        # Digests have one length, so that not even the password's length shows in the time this takes.
        if not hmac.compare_digest(self._digest(password), self._password):
            return self._failed(network, failures, now)
        self._failures.pop(network, None)
        token = secrets.token_urlsafe(32)
        self._sessions = {key: end for key, end in self._sessions.items() if end > now}
        self._sessions[self._digest(token)] = now + SESSION_SECONDS
        return token

    def _failed(self, network: str, failures: _Failures | None, now: float) -> Refused:
        pause = min(failures.pause * 2, _LONGEST_PAUSE) if failures else _FIRST_PAUSE
        if len(self._failures) >= _MOST_ADDRESSES:
            self._failures = {key: kept for key, kept in self._failures.items() if kept.until > now}
        self._failures[network] = _Failures(pause, now + pause)
        return Refused(_whole_seconds(pause))

    def knows(self, token: str) -> bool:
        """Whether the token is of a session that has not ended."""
        return self._sessions.get(self._digest(token), 0.0) > self._clock()

    def end(self, token: str) -> None:
        """End a session."""
        self._sessions.pop(self._digest(token), None)


def _network(address: str) -> str:
    """What one guesser has at hand: an IPv4 address, or the /64 that a household gets of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if parsed.version == 6 else address


def _whole_seconds(seconds: float) -> int:
    return max(1, int(seconds + 0.999))
