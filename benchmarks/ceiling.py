"""The ceiling of all that stands around a language model: one that says the gold sentences wherever it is shown them.

    python -m benchmarks.ceiling SET [SET ...] --shared SHARED --work DIR [--news N] [--tokens N]

Sets are as in benchmarks.office; each question names its gold sentences. The model is served over HTTP as others are,
answers with those gold sentences that stand in its prompt, each with the number of its passage, and refuses where none
does. What is lost then is not the model's fault: for each question it is printed where it was lost.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tqdm import tqdm

import qa
from benchmarks.measuring.machine import describe_machine
from benchmarks.measuring.question_sets import QuestionSet, build_set, set_arguments
from benchmarks.measuring.scoring import check, read_questions
from qa.json_form import answer_json
from qa.llm.model import LanguageModel, Limits
from qa.providers.providers import BASE_URL, language_model

_PASSAGE = re.compile(r"<资料 编号=(\d+)[^\n]*>\n(.*?)\n</资料>", re.S)
_NOT_COMPARED = re.compile(r"[\W_]+")
_REFUSES = "资料中没有提到。"


class GoldServer(ThreadingHTTPServer):
    """Speaks OpenAI's chat completions; `gold` is what the question now asked is answered by."""

    gold: Sequence[str] = ()
    prompt = ""
    """The last one with passages; empty: nothing was asked."""

    def reply(self, prompt: str) -> str:
        """The gold sentences that the prompt holds, each with its passage's number; else a refusal."""
        passages = _PASSAGE.findall(prompt)
        # It is also asked to complete follow-ups, and says nothing of use there.
        self.prompt = prompt if passages else self.prompt
        found = [(sentence, _holding(sentence, passages)) for sentence in self.gold]
        said = [f"{_lines(sentence)}[{number}]" for sentence, number in found if number]
        return "\n".join(said) or _REFUSES


def _holding(sentence: str, passages: Sequence[tuple[str, str]]) -> str:
    bare = _NOT_COMPARED.sub("", sentence)
    return next((number for number, text in passages if bare in _NOT_COMPARED.sub("", text)), "")


def _lines(sentence: str) -> str:
    return re.sub(r"\s*[\t|\n]\s*", "，", sentence.strip())


_UNSURE = "answered unsurely, and the corpus does not say it"
"""Keyless, where the model finds nothing."""


class _Handler(BaseHTTPRequestHandler):
    server: GoldServer

    def do_POST(self) -> None:
        """Answer a request for a completion, in one piece of a stream."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.server.reply(asked["messages"][-1]["content"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for delta, reason in (({"role": "assistant", "content": reply}, None), ({}, "stop")):
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            chunk = {
                "id": "gold",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "gold",
                "choices": [choice],
            }
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def gold_model(tokens: int) -> Iterator[tuple[GoldServer, LanguageModel]]:
    """A running server and the model that it serves, whose prompts hold so many tokens."""
    server = GoldServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        yield server, language_model("openai:gold", Limits(prompt_tokens=tokens), {BASE_URL: address})
    finally:
        server.shutdown()


def main() -> int:
    """Ask every question and print how many come through right, and where the others are lost."""
    parser = set_arguments(__doc__)
    parser.add_argument("--tokens", type=int, default=Limits().prompt_tokens, help="that a prompt may hold")
    args = parser.parse_args()
    print(f"machine {describe_machine()}")
    for name in args.sets:
        _print(name, _asked(build_set(name, args.shared, args.work, args.news), args.tokens))
    return 0


def _asked(built: QuestionSet, tokens: int) -> list[tuple[dict[str, Any], str]]:
    """The questions, each with where it was lost; empty: it came through."""
    outcomes = []
    with gold_model(tokens) as (server, llm):
        answerer = qa.load(built.index, log_unanswered=False, llm=llm)
        for question in tqdm(read_questions(built.questions), mininterval=5):
            gold = question.get("gold") or []
            server.gold = [gold] if isinstance(gold, str) else gold
            server.prompt = ""
            answer = answerer.ask(question["question"], question["history"])
            outcomes.append((question, _lost(question, answer, server)))
    return outcomes


def _lost(question: dict[str, Any], answer: qa.Answer, server: GoldServer) -> str:
    if not check(question, answer_json(answer)):
        return ""
    if question["kind"] == "none":
        return _UNSURE if answer.tentative else "answered, and the corpus does not say it"
    passages = _PASSAGE.findall(server.prompt)
    if not passages:
        return "the model was not asked"
    missing = [sentence for sentence in server.gold if not _holding(sentence, passages)]
    if missing:
        return "the gold is not in the prompt" if len(missing) == len(server.gold) else "part of the gold is not"
    return "struck or added to when checked"


def _print(name: str, outcomes: Sequence[tuple[dict[str, Any], str]]) -> None:
    print(f"\n{name}")
    for question, lost in outcomes:
        if lost:
            print(f"{question['id']} {question['kind']:8s} {lost}: {question['question']}")
    answerable = [lost for question, lost in outcomes if question["kind"] != "none"]
    silent = [lost for question, lost in outcomes if question["kind"] == "none"]
    for lost, count in Counter(lost for _, lost in outcomes if lost).most_common():
        print(f"{count:4d} {lost}")
    right = sum(not lost for lost in answerable)
    print(f"answerable {right}/{len(answerable)} = {right / len(answerable):.3f} right")
    unsure = silent.count(_UNSURE)
    certain = sum(map(bool, silent)) - unsure
    print(f"not answerable, answered with certainty {certain}/{len(silent)}, unsurely {unsure}")


if __name__ == "__main__":
    raise SystemExit(main())
