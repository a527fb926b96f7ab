"""A few examples and typed questions to train on, as the scripts of training read them."""

import json
import lzma

from embeddings.types import Span
from material.asked import Asked, CodedExcerpt, Gold
from material.asked_pairs import AskedPool
from material.examples import Example, read_examples
from training.sampling import Drawn, Pool, batches

LIGHTHOUSE = (
    "北岬灯塔建于1907年，用红砖砌成。灯塔高21米，由三名守塔人看护。"
    "1954年，灯塔改用电灯，射程增加到18海里。如今每年有四万名游客登塔，旺季要提前一天预约。"
)
ITEMS = [
    ("a1", "灯塔建于哪一年", ["1907年"], False),
    ("a2", "灯塔有多高？", ["21米"], False),
    ("a3", "1954年灯塔改用了什么", ["电灯"], False),
    ("n1", "灯塔的门票多少钱", [], True),
]


LETTERS = LIGHTHOUSE.replace("，", ",") + "?哪一有多什的门票钱港站长是谁周海生0123456789\n"
ASKED = AskedPool(
    (Asked("港", "站长是谁?", (), False, (Gold("a.0", (1,), (Span(7, 10),)),), ("a.1",), ("b.0",)),),
    {
        "a.0": CodedExcerpt("a.0", "港有门。站长是周海生。", (Span(0, 4), Span(4, 11))),
        "a.1": CodedExcerpt("a.1", "港有灯。", (Span(0, 4),)),
        "b.0": CodedExcerpt("b.0", "门票是谁的。", (Span(0, 6),)),
    },
)


def read_items(folder) -> list[Example]:
    """The examples as read from a file of the reading data's form."""
    file = folder / "train.jsonl.xz"
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        for number, question, answers, impossible in ITEMS:
            found = [{"text": a, "start": LIGHTHOUSE.index(a)} for a in answers]
            item = {"id": number, "source": "示例", "context": LIGHTHOUSE, "question": question}
            lines.write(json.dumps(item | {"answers": found, "impossible": impossible}, ensure_ascii=False) + "\n")
    return read_examples(file)


def pool_of(read: list[Example], asked_share: float = 0.5) -> Pool:
    return Pool([e for e in read if e.answers], [e for e in read if not e.answers], {}, (), ASKED, asked_share)


def drawn(pool: Pool, tokenizer, count: int, **start) -> list[Drawn]:
    stream = batches(pool, tokenizer, seed=5, tokens=1024, **start)
    return [next(stream) for _ in range(count)]
