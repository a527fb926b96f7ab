"""The whole as a Runnable in anyone's chain, and as a tool for an agent."""

from langchain_core.messages import ToolCall
from langchain_core.runnables import Runnable, RunnableLambda

from qa.integrations.langchain_chain import SuyuanRunnable, suyuan_tool
from qa.types import TENTATIVE
from tests.conversations import citation, tentative


class Unsure:
    """In the place of an answerer that is never sure."""

    def __init__(self, answer):
        self.answer = answer

    def ask(self, question):
        return self.answer


FINE = "港务局查处违规作业罚款多少"
SAID = "全年查处违规作业35起，罚款12.6万元，约谈企业8家。[1]"


def test_it_chains_streams_and_runs_in_batches(written):
    asking = SuyuanRunnable(written)
    assert isinstance(asking, Runnable)
    assert [answer.text for answer in asking.stream(FINE)] == [SAID]
    chain = asking | RunnableLambda(lambda answer: answer.citations[0].quote)
    assert chain.invoke(FINE) == SAID.removesuffix("[1]")
    assert [answer.citations[0].article_id for answer in asking.batch([FINE, "山谷县罚款多少"])] == [
        "harbour",
        "valley",
    ]


def test_it_asks_within_articles(written):
    assert SuyuanRunnable(written, within=("sub/library",)).invoke(FINE).abstained


def test_the_tool_gives_an_agent_the_answer_with_sources_and_the_program_its_json(written):
    tool = suyuan_tool(written)
    call = ToolCall(name=tool.name, args={"question": FINE}, id="1", type="tool_call")
    message = tool.invoke(call)
    assert message.content.split("\n") == [
        SAID,
        "",
        "出处 Sources:",
        f"[1] 《港城：数字工作法与四个小组》溯源编写组，溯源示例，2023-05-06：“{SAID.removesuffix('[1]')}”",
    ]
    assert message.artifact["citations"][0]["article_id"] == "harbour"
    assert list(tool.args) == ["question"]


def test_the_tool_tells_an_agent_that_an_answer_is_unsure():
    cited = citation(1, "护林员共有27人。")
    answerer = Unsure(tentative("护林员几人", cited))
    message = suyuan_tool(answerer).invoke(
        ToolCall(name="ask_the_articles", args={"question": "护林员几人"}, id="1", type="tool_call")
    )
    assert message.content.split("\n")[:4] == [
        "【?不确定 unsure】",
        TENTATIVE,
        "护林员共有27人。[1]",
        "",
    ]
    assert message.artifact["tentative"] is True


def test_the_tool_says_what_the_corpus_does_not(written):
    assert suyuan_tool(written).invoke({"question": "火星基地有多少名工程师"}).startswith("语料中没有找到")
