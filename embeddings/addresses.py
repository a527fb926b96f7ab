"""Addresses of servers on the network."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_server_address(url: str) -> bool:
    """Whether it is the address of a web server, such as http://127.0.0.1:8000/v1."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def is_this_machine(url: str) -> bool:
    """Whether a server's address is one of this machine's own, which no proxy reaches."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
