"""An encoder whose model runs elsewhere: behind an OpenAI-compatible embeddings server."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from embeddings.addresses import is_server_address, is_this_machine
from embeddings.encoding.prompts import Prompts, e5_prompts
from embeddings.encoding.revisions import PROBES, probed_revision
from embeddings.errors import ModelError
from embeddings.network.vectors import unit_rows

if TYPE_CHECKING:
    import openai

KEY = "SUYUAN_EMBED_KEY"
"""Environment variable: the server's key, where it wants one."""
ADDRESS = "SUYUAN_EMBED_URL"
"""Environment variable: where a server is now that has moved since the index was built."""
_REQUEST = 32
"""Texts in a request: what text-embeddings-inference accepts unless told otherwise (--max-client-batch-size)."""
_AT_ONCE = 8
"""Requests on their way at a time."""
_RETRIES = 6
"""After 429, 5xx and broken connections, waiting 0.5 s and up to 8 s, or as long as the server asks for."""
_SECONDS, _CONNECT = 120.0, 10.0
_QUESTION_RETRIES, _QUESTION_SECONDS = 2, 15.0
"""Somebody waits for the answer."""
_TOO_LONG = (400, 413, 422)
"""What servers answer where a text has more tokens than the model reads; some cut it off themselves."""
_SHORTEST = 64
"""Characters that every model reads: a refusal of such a text has another reason."""
_SURROGATES = re.compile("[\ud800-\udfff]")


def served_name(url: str, model: str | None) -> str:
    """What `load_encoder` takes, and a snapshot records, for a model of a server: its address and its name there.

    Raises:
        ModelError: the address is none or holds a key, or the model has no name.
    """
    url = url.strip().rstrip("/")
    if not is_server_address(url) or any(mark in url for mark in "#?"):
        raise ModelError(
            f"--embed-url {url} 不是服务地址：应像 http://127.0.0.1:8080/v1。"
            " / It is not the address of an embeddings server, which looks like that one."
        )
    if urlsplit(url).username is not None:
        raise ModelError(f"地址里不要写密钥：请放在环境变量 {KEY}。 / Put the key into {KEY}, not into the address.")
    if not model or not model.strip():
        raise ModelError(
            "请用 --model 给出服务上的模型名，如 --model BAAI/bge-m3。"
            " / Name the server's model with --model, as in the example."
        )
    return f"{url}#{model.strip()}"


def is_served(name: str) -> bool:
    """Whether `load_encoder` takes it for a server's model."""
    return name.startswith(("http://", "https://"))


class ServedEncoder:
    """An Encoder over a server's model; may be called from several threads.

    e5 models, known by their name, get e5's prompts; others none. A text that the server finds too long is cut off.
    """

    def __init__(self, name: str, environment: Mapping[str, str] = os.environ) -> None:
        """Ask the server for the vectors of two fixed texts; `name` is made by `served_name`.

        Raises ModelError, which says what to do, where it does not answer as an embeddings server.
        """
        url, _, self._model = name.partition("#")
        self._name = served_name(url, self._model)
        self._key = environment.get(KEY, "").strip()
        moved = environment.get(ADDRESS, "").strip()
        self._url = served_name(moved, self._model).partition("#")[0] if moved else url.rstrip("/")
        self._client = _client(self._url, self._key)
        self._impatient = self._client.with_options(max_retries=_QUESTION_RETRIES, timeout=_QUESTION_SECONDS)
        self._prompts = e5_prompts(self._model) or Prompts()
        self._dimension = 0
        self._revision = probed_revision(self._vectors(PROBES))

    @property
    def name(self) -> str:
        """Address and model, as recorded."""
        return self._name

    @property
    def revision(self) -> str:
        """A sketch of the vectors of two fixed texts; see `same_revision`."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector, as the server's first reply had it."""
        return self._dimension

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages, in their order: (n, dimension), rows of length one.

        Raises ModelError where the server does not answer with as many vectors of the right kind.
        """
        return self._vectors([self._prompts.passage + text for text in texts])

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one question: (dimension,), of length one. Raises as `encode_passages`."""
        row: NDArray[np.float32] = self._asked([_sayable(self._prompts.query + text)], self._impatient)[0]
        return row

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        asked = [_sayable(text) for text in texts]
        requests = [asked[start : start + _REQUEST] for start in range(0, len(asked), _REQUEST)]
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            replies = list(pool.map(lambda request: self._asked(request, self._client), requests))
        finally:
            # After an error nobody needs the rest.
            pool.shutdown(cancel_futures=True)
        return np.concatenate(replies) if replies else np.zeros((0, self._dimension), np.float32)

    def _asked(self, texts: Sequence[str], client: openai.OpenAI) -> NDArray[np.float32]:
        """The vectors of one request's texts; of shorter texts in several requests, where the server refuses it."""
        import openai

        try:
            reply = client.embeddings.create(model=self._model, input=list(texts), encoding_format="float")
        except openai.APIStatusError as error:
            half = len(texts) // 2
            if error.status_code in _TOO_LONG and half:
                return np.concatenate([self._asked(part, client) for part in (texts[:half], texts[half:])])
            if error.status_code in _TOO_LONG and len(texts[0]) > _SHORTEST:
                return self._asked([texts[0][: len(texts[0]) * 3 // 4]], client)
            raise self._failure(error) from None
        except (openai.OpenAIError, ValueError) as error:
            raise self._failure(error) from None
        return self._checked(reply, len(texts))

    def _checked(self, reply: openai.types.CreateEmbeddingResponse, count: int) -> NDArray[np.float32]:
        """The reply's vectors in the order of the texts."""
        try:
            rows = sorted(reply.data, key=lambda item: item.index)
            vectors = np.array([row.embedding for row in rows], np.float32)
            numbers = [row.index for row in rows]
        except (AttributeError, TypeError, ValueError) as error:
            raise self._odd("不是向量", "is no list of vectors of one length") from error
        if numbers != list(range(count)):
            raise self._odd(
                f"对 {count} 段文字给了 {len(numbers)} 个向量", f"has not one vector for each of {count} texts"
            )
        if vectors.ndim != 2 or not vectors.shape[1]:
            raise self._odd("不是向量", "is no list of vectors of one length")
        dimension = self._dimension or vectors.shape[1]
        if vectors.shape[1] != dimension:
            raise self._odd(f"向量不是 {dimension} 维", f"has vectors of other than {dimension} dimensions")
        if not np.isfinite(vectors).all() or not np.linalg.norm(vectors, axis=1).all():
            raise self._odd("有无效的数（NaN、无穷或全零）", "has NaN, infinite or all-zero vectors")
        self._dimension = dimension
        return unit_rows(vectors)

    def _odd(self, chinese: str, english: str) -> ModelError:
        return ModelError(
            f"向量服务 {self._url} 的回复{chinese}：请检查它的模型 {self._model} 是不是句向量模型。"
            f" / The reply of {self._url} {english}: check that its model {self._model} is an embedding model."
        )

    def _failure(self, error: Exception) -> ModelError:
        said = " ".join(str(error).split())[:300] or type(error).__name__
        if self._key:
            said = said.replace(self._key, "***")
        return ModelError(
            f"向量服务 {self._url} 没有给出模型 {self._model} 的向量（{said}）：请检查服务是否启动、地址（--embed-url，"
            f"或环境变量 {ADDRESS}）、模型名（--model）和密钥（环境变量 {KEY}），然后重新运行。"
            f" / The embeddings server {self._url} gave no vectors of {self._model}: check that it runs, its address"
            f" (--embed-url, or {ADDRESS}), the model's name (--model) and the key ({KEY}), and run again."
        )


def _sayable(text: str) -> str:
    """JSON can't say lone surrogates, and most servers refuse an empty text."""
    return _SURROGATES.sub("\ufffd", text) or " "


def _client(url: str, key: str) -> openai.OpenAI:
    if importlib.util.find_spec("openai") is None:
        raise ModelError(
            '向量服务需要另装：pip install "suyuan[llm]" / An embeddings server needs the extra llm, as above'
        )
    import openai

    # A proxy that the environment names, which many have for the web, can't reach this machine's own servers.
    through_proxy = not is_this_machine(url)
    try:
        return openai.OpenAI(
            base_url=url,
            api_key=key or "no-key",
            max_retries=_RETRIES,
            timeout=openai.Timeout(_SECONDS, connect=_CONNECT),
            http_client=openai.DefaultHttpxClient(trust_env=through_proxy),
        )
    except (openai.OpenAIError, ValueError) as error:
        raise ModelError(f"向量服务 {url} 设置不对：{error} / The embeddings server can't be set up") from None
