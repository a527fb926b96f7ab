"""What can go wrong between a language model and a reader, said for the user in one line and without any key."""

from __future__ import annotations

import json
import math
import re
import ssl
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from qa.llm.model import GenerationError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no reply."""

    chinese: str
    english: str
    passes: bool = False
    """Whether the same request may well succeed a little later."""
    wait: float | None = None
    """Seconds after which the server asks to be asked again."""

    def error(self, model: str) -> GenerationError:
        """The error to raise: one line, Chinese first, that names the model."""
        return GenerationError(f"语言模型 {model} {self.chinese} / The language model {model} {self.english}")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is never quoted: every key that a server could have been sent."""

    values: tuple[str, ...] = field(repr=False)

    def blot(self, words: str) -> str:
        """The words on one line and cut short, without the secrets and without what would disturb a terminal."""
        for secret in sorted(filter(None, self.values), key=len, reverse=True):
            words = words.replace(secret, "***")
        line = "".join(each for each in " ".join(words.split()) if unicodedata.category(each)[0] != "C")
        return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"


UNREACHABLE = Failure(
    "连不上：请检查它的服务是否启动、地址和网络",
    "can't be reached: check its server, its address and the network",
    True,
)
CUT = Failure("说到一半断了", "broke off half way")
SILENT = Failure("等了很久没有回音", "gave no sign for too long")
SLOW = Failure("没有在时限内说完", "did not finish in time")
BUSY = Failure("正忙：同时在答的问题太多", "is busy: too many questions are being answered")
STOPPED = Failure("已被叫停", "was stopped")
EMPTY = Failure("什么也没有说：请检查它的地址", "said nothing: check its address")
REFUSED = Failure("拒绝回答这个问题", "refused to answer this question")
LONG_PROMPT = Failure("装不下这么长的材料", "can't take so long a prompt")
LONG_REPLY = Failure("的回答太长，没能说完", "was cut off: its reply grew too long")
GARBAGE = Failure("发回的内容看不懂：请检查它的地址", "sent what is no reply: check its address")

_BY_STATUS = {
    401: Failure("不认这个密钥（401）：请检查密钥", "refused the key (401): check it"),
    402: Failure("的账户没有余额了（402）", "has no credit left (402)"),
    403: Failure("不许这个密钥使用（403）", "may not be used with this key (403)"),
    404: Failure("在这个地址找不到（404）：请检查模型名和地址", "is not at this address (404): check name and address"),
    408: Failure("的服务等不及了（408）", "lost patience with the request (408)", True),
    413: LONG_PROMPT,
    429: Failure("一时请求太多（429）", "had too many requests (429)", True),
}
_NO_CREDIT = Failure("的账户没有额度了（429）", "has no quota left (429)")
_OVERFLOW = re.compile(
    r"context.?(?:length|window|size|limit)|(?:prompt|input)[^.]{0,40}too (?:long|large)|too many (?:input )?tokens"
    r"|maximum (?:input|prompt) length|range of input length|exceeds? the (?:available|model'?s?) context|上下文",
    re.IGNORECASE,
)
"""Every server has its own words for it: OpenAI, vLLM, llama.cpp, DashScope, Anthropic."""
_LENGTH = {"length", "max_tokens", "model_context_window_exceeded"}
_FILTERED = {"content_filter", "safety", "refusal", "recitation", "prohibited_content", "blocklist", "sensitive"}
_BROKEN = {"insufficient_system_resource", "error", "abort"}
_UNREACHED = {"APIConnectionError", "ModelConnectionError", "TransportError", "RequestError", "ClientConnectionError"}
_TIMED_OUT = {"APITimeoutError", "ModelTimeoutError", "TimeoutException"}
_QUOTED = 160
"""Characters of a server's own words that are shown."""


def failure_of(error: Exception, begun: bool, secrets: Secrets | None) -> Failure:
    """What an exception of a provider's package means.

    `begun`: whether some of the reply had come. `secrets` are blotted out of the server's words; None: show none of
    them. Providers share no base class for their errors: what they do share is a status code, the names that LangChain
    and httpx give, and the exception that an exception was raised from.
    """
    chain = list(_chain(error))
    names = {cls.__name__ for link in chain for cls in type(link).__mro__}
    status = next((code for link in chain if (code := _status(link))), None)
    words = " ".join(str(link) for link in chain)
    if "ContextOverflowError" in names or (status in (None, 400, 422, 500) and _OVERFLOW.search(words)):
        return LONG_PROMPT
    if status is not None:
        return _of_status(status, chain, words, secrets)
    if any(isinstance(link, (json.JSONDecodeError, UnicodeDecodeError)) for link in chain):
        return GARBAGE
    if "ConnectTimeout" not in names and (any(isinstance(link, TimeoutError) for link in chain) or names & _TIMED_OUT):
        return SILENT
    if any(isinstance(link, (OSError, ssl.SSLError)) for link in chain) or names & _UNREACHED:
        return CUT if begun else UNREACHABLE
    if isinstance(error, ValueError) and "No generation chunks" in words:
        return EMPTY
    why = _quoted(chain, secrets) or type(error).__name__
    return Failure(f"出错了（{why}）", f"failed ({type(error).__name__})")


def failure_of_ending(metadata: Mapping[str, object]) -> Failure | None:
    """What a reply's metadata says of how it ended; None: nothing, or that it is whole."""
    reason = str(ending(metadata)).lower()
    if reason in _LENGTH:
        return LONG_REPLY
    if reason in _FILTERED:
        return REFUSED
    return CUT if reason in _BROKEN else None


def ending(metadata: Mapping[str, object]) -> object:
    """Why the reply ended, in the provider's word; None where it does not say."""
    return metadata.get("finish_reason") or metadata.get("stop_reason") or metadata.get("done_reason")


def _of_status(status: int, chain: Sequence[BaseException], words: str, secrets: Secrets | None) -> Failure:
    if status == 429 and "insufficient_quota" in words:
        return _NO_CREDIT
    if failure := _BY_STATUS.get(status):
        return replace(failure, wait=_retry_after(chain)) if failure.passes else failure
    if status >= 500:
        said = Failure(f"的服务出错（{status}）", f"has trouble on its server ({status})", passes=True)
        return replace(said, wait=_retry_after(chain))
    detail = _quoted(chain, secrets)
    return Failure(f"不接受这个请求（{status}{detail and f'：{detail}'}）", f"rejected the request ({status})")


def _quoted(chain: Sequence[BaseException], secrets: Secrets | None) -> str:
    """The server's own words, or the exception's where it sent none."""
    if secrets is None:
        return ""
    return secrets.blot(next((message for link in chain if (message := _message(link))), str(chain[0])))


def _message(error: BaseException) -> str:
    """The message of the JSON that came with an error, as OpenAI and those who follow it word it; empty without one."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else None
    return str(inner.get("message") or "") if isinstance(inner, dict) else ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status of an error, or the code that an error in the midst of a stream carries in its place."""
    for holder in (error, getattr(error, "response", None)):
        for name in ("status_code", "code"):
            code = getattr(holder, name, None)
            if isinstance(code, int | str) and re.fullmatch(r"[45]\d\d", str(code)):
                return int(code)
    return None


def _retry_after(chain: Sequence[BaseException]) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3), which holds a number or a date."""
    for link in chain:
        headers = getattr(getattr(link, "response", None), "headers", None)
        said = headers.get("retry-after") if headers is not None else None
        if not said:
            continue
        try:
            seconds = float(said)
        except ValueError:
            seconds = _seconds_until(said)
        return max(seconds, 0.0) if math.isfinite(seconds) else None
    return None


def _seconds_until(date: str) -> float:
    try:
        then = parsedate_to_datetime(date)
    except ValueError:
        return math.nan
    if then.tzinfo is None:
        then = then.replace(tzinfo=timezone.utc)
    return (then - datetime.now(timezone.utc)).total_seconds()
