"""The words of Chinese questions: which of them ask, and what kind of answer they ask for."""

from __future__ import annotations

import re
from typing import Literal

from qa.understanding.corpus_questions import read_corpus_question
from qa.understanding.page_fields import fields_asked

Kind = Literal["fact", "list", "definition", "explanation", "metadata", "corpus"]

NUMERALS = "一二两三四五六七八九十"
_MEASURES = "次个年座起家名篇类项条天月件岁元吨亩户批处钱人张份期场届米里度倍斤克册棵"

ASKING = re.compile(
    r"请问|请|"
    r"完整(?:版|名单|的?清单)|逐条|逐一|挨个(?:说|讲|列)?|列(?:出来|全|一下)|(?:要|想)?写进?(?:汇报|发言|讲话)?(?:材料|稿子?|报告)里?(?:要?用)?|"
    r"是?(?:在|去|到)?(?:哪些|什么|哪个|哪家|哪一个)(?:地方|方面|单位|部门|时间|名字|节目|内容|组织|城市|文章)?|"
    r"是什么时候|什么时候|是什么|什么是|指的是什么|指什么|什么|"
    rf"[是在]?哪(?:几|[{NUMERALS}\d]+)[个项种类篇张条件大]?(?:方面)?|是哪|在?哪里|在哪儿|哪|"
    rf"是?多少(?:[{_MEASURES}]+|万元|亿元)?|多长时间|多久|多大|多高|多长|几[{_MEASURES}]|"
    r"变化(?:情况)?(?:怎么样|怎样|如何)|是谁|谁|怎么样|怎么|怎样|如何|为什么|为何|何时|何处|分别|具体|包括|包含|有没有|吗|呢|叫|名字|啊|吧|？|\?"
)
"""What asks, and says nothing of what is asked about."""

FILLERS = re.compile(r"里面|里头|的|了|在|和|与|是|有|对|把|被|那|这|一下|告诉我|介绍|简述|说明|要|都|、")
"""The commonest function words, where two words may be told apart."""

ASKS = re.compile(
    r"多少|(?<![十百千万好这那近前后数])(?<!想有)几(?![乎何经番十百千万])"
    r"(?!个?(?:问题|疑问|事情?)(?:要|想|[，,。；;？?！! ]|$))[^\W\d_]|百分之几"
    r"|多[长大高远久重宽深厚快]|谁|哪|什么|啥|怎么|怎样|如何"
    r"|为何|何时|何处|是否|有没有|(?P<verb>[是能会要可有收算给让办交发用管对行好])不(?P=verb)|[吗呢][？?]?$"
    r"|(?<=[好完成到了过])没有?[？?]?$"
)
"""What makes a question of a clause."""

COMPARING = "多少高低大小快慢早晚长短好"
"""Characters that say how two are compared: 22年多还是23年多."""

ASKS_ONE = re.compile(r"多少|谁|[什啥]么?时候|何时|哪[里儿年天月]|多[长久大高]|几[^个项条大种类点]|第几")
"""Asks one thing of what has a number of parts: “12345工作法什么时候推开的”."""

_LIST = re.compile(
    rf"哪些|哪几(?![天年月日号点])|有几[种样类条招步]|哪[{NUMERALS[1:]}俩仨\d]+|分别|包括|包含|列举|有些?(?:什么|啥)(?!用)"
    rf"|[{NUMERALS[1:]}][件个项条点样种步招]什么|都[^，,。？?]{{0,8}}(?:什么|啥)(?!时候|时间|地方|意思)"
    r"|[的那这]几[个种类项条件张本][^，,。？?吗呢几多谁哪怎么什啥]{1,6}[？?]?$"
    r"|(?:什么|啥)样?的?(?:情形|条件|材料|手续|规[矩定]|要求|优惠|毛病|措施|举措|活动|任务|职责|好处|特点)"
    r"|全(?:都|部)?[说列讲写给]|[说列讲写]全|(?:全|都)(?:给我)?列|[一逐][样条项个步]一?[样条项个步]?地?[说讲列]|挨个|每一?[步项条]"
    r"|几个?方面|[，,。 ]全部$|依次是?|几件事|一个个|一个[都也]?[别不]漏|全要$"
    r"|都[^，,。？?]{0,4}谁|有谁|有些谁|(?:跟|和|与|同)谁"
)
_COUNTED_THINGS = re.compile(
    rf"(?<!第)[{NUMERALS[1:]}\d]+[个大项种条类点][^，,。？?]{{0,8}}(?:是什么|是啥|指什么|内容)"
)
_EACH_AMOUNT = re.compile(
    r"(?:分别|各自?|各有|分别有)[是有为达占]?(?:多少|几|怎么|怎样|如何|[什啥]么?时候|何时|在?哪[里儿年天月]|谁)"
)
"""Asks one fact of each of several things, and not for a list."""
_DEFINITION = re.compile(
    r"是什么|是啥|什么是|[指讲说](?:的是?)?(?:什么|啥)|指的是|(?:什么|啥)意思|内容|含义|介绍|叫什么"
)
_EXPLANATION = re.compile(r"(?:如何|怎么|怎样)(?!样?[？?]?$)|为什么|为何|什么原因")


def kind_of(text: str, named: bool) -> Kind:
    """The kind of question; `named` where it turns on a quoted or numbered name."""
    if read_corpus_question(text):
        return "corpus"
    if fields_asked(text):
        return "metadata"
    if _LIST.search(_EACH_AMOUNT.sub("", text)) or (not named and _COUNTED_THINGS.search(text)):
        return "list"
    # A name by itself (“泰安的12345工作法”) asks what it is.
    if named and (_DEFINITION.search(text) or not (ASKING.search(text) or ASKS_ONE.search(text))):
        return "definition"
    return "explanation" if _EXPLANATION.search(text) else "fact"
