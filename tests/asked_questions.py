"""Questions over the articles of asked_articles as people type them: paraphrases, wrong subjects, two things in one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what its answer has to be."""

    question: str
    articles: str = ""
    """Ids of the articles it is about; where they say it, an answer cites each of them. Empty: there are none."""
    said: str = ""
    """What the answer has to say, all of it, blanks between; “甲|乙” where either will do."""
    history: tuple[str, ...] = ()
    """The questions before it, oldest first."""
    old: str = ""
    """Ids of articles about the subject asked of before, which an answer must not cite."""


PARAPHRASES = (
    Asked("龙游遛狗的绳子最长能有多长", "longyou", "1.5米"),
    Asked("在龙游养了只狗，多久之内得给它上户口", "longyou", "15日"),
    Asked("龙游的老人家一个月最多能白坐几趟公交", "longyou", "60次"),
    Asked("常山县的狗半夜老是叫，主人劝了也不管，怎么罚", "changshan", "300元"),
    Asked("常山给狗打狂犬针要自己掏钱吗", "changshan", "免费接种"),
    Asked("户口不在常山的老人家，坐公交能跟本地人一样优惠吗", "changshan", "居住证满一年"),
    Asked("开化遛狗不捡狗屎要罚多少", "kaihua", "50元"),
    Asked("开化县马路上破了个洞，最迟多久给补上", "kaihua", "24小时"),
    Asked("江山交通局2023年抓了多少辆黑车", "bureau-2023", "93辆"),
    Asked("2024年江山市交通局新装了多少个给电动车充电的桩子", "bureau-2024", "150个"),
    Asked("江山2024年坐车的人为什么变少了", "bureau-2024", "私家车多了"),
    Asked("虎山木业的员工一年平均到手挣多少", "firm", "9.8万元"),
    Asked("持有虎山木业的股票，这一年能分到多少钱", "firm", "每10股派发现金2.5元"),
    Asked("江湾镇办花节，来摆摊的一天要交多少钱", "minutes", "40元"),
    Asked("江湾镇的花节为啥不让卖炸串", "minutes", "油烟会熏坏老房子的木雕"),
    Asked("在遇龙河上撑竹筏，一个月能挣多少", "news", "5200元"),
    Asked("遇龙河上用旧了的竹筏后来拿去干嘛了", "news", "笔筒和茶盘"),
    Asked("安吉递铺那边调解成功以后隔多久再上门看看", "method", "一个月后上门一次"),
    Asked("桐庐错过了交医保的日子，后来再交，多久才能报", "insurance", "三个月"),
    Asked("云溪村上了岁数的人在食堂吃顿午饭多少钱", "village", "3元"),
)

WRONG_SUBJECT = (
    # Another county says it.
    Asked("龙游县遛狗不清理粪便罚多少钱", "longyou"),
    Asked("龙游县禁养多少种烈性犬", "longyou"),
    Asked("龙游县举报不文明养犬奖励多少钱", "longyou"),
    Asked("龙游县2024年新装了多少盏太阳能路灯", "longyou"),
    Asked("龙游县的司机拒载老人怎么处理", "longyou"),
    Asked("常山县的养犬登记费一年多少钱", "changshan"),
    Asked("常山县的狗几点可以进公园", "changshan"),
    Asked("常山县80岁以上的老人每月发多少交通补贴", "changshan"),
    Asked("常山县的护路员一个月能拿多少报酬", "changshan"),
    Asked("常山县的流浪狗收容多少天后可以领养", "changshan"),
    Asked("常山县2024年检测了多少座桥", "changshan"),
    Asked("开化县的狗夜里一直叫罚多少", "kaihua"),
    Asked("开化县给狗打疫苗去哪里打", "kaihua"),
    Asked("开化县的“敬老卡”在哪个窗口办", "kaihua"),
    Asked("开化县放任狗咬伤人罚多少钱", "kaihua"),
    Asked("开化县的县道每公里每年补助多少养护费", "kaihua"),
    # No article is about the place.
    Asked("遂昌县养狗登记一年交多少钱"),
    Asked("江山市的老人多少岁可以免费坐公交"),
    # Another year.
    Asked("江山市交通运输局2023年新建了多少个充电桩", "bureau-2023"),
    Asked("江山市交通运输局2023年建成了多少个村级快递点", "bureau-2023"),
    Asked("江山市交通运输局2024年新开了几条城乡公交线路", "bureau-2024"),
    Asked("江山市交通运输局2024年培训了多少名驾驶员", "bureau-2024"),
    Asked("江山市交通运输局2022年查处了多少辆非法营运车"),
    Asked("虎山木业2021年的营业收入是多少"),
    Asked("德清县2022年的地区生产总值是多少"),
    # The firm's figure, or another place's, for the city's.
    Asked("江山市2024年GDP多少，涨了多少"),
    Asked("江山市2024年的出口额是多少"),
    Asked("江山市全社会研发投入占比是多少"),
    Asked("江山市职工一年的平均工资是多少"),
    Asked("江山市一年光伏发多少度电"),
    Asked("开化县2024年GDP是多少，增长了多少", "kaihua"),
    Asked("德清县2024年完成交通投资多少，增长多少", "bulletin"),
    # Of two parts another article says the second.
    Asked("龙游县遛狗不牵绳罚多少，狗粪不捡罚多少", "longyou"),
    Asked("开化县聘了多少名护路员，每个月给多少钱", "kaihua"),
    Asked("常山县养狗要在多少天内登记，登记要交多少钱", "changshan"),
    Asked("江山市交通局2024年改造了几座危桥，新开了几条公交线", "bureau-2024"),
)

TWO_THINGS = (
    Asked("龙游县养狗要在几天内登记，一年交多少钱", "longyou", "15日 80元"),
    Asked("龙游和开化的犬链最长各是多少", "longyou kaihua", "1.5米 2米"),
    Asked("常山县2024年养护多少公里农村公路，花多少钱", "changshan", "98公里 1875万元"),
    Asked("江山交通局2023年抓了多少辆黑车，罚了多少钱", "bureau-2023", "93辆 41.5万元"),
    Asked("江山市交通局2023年和2024年分别收到多少封群众来信", "bureau-2023 bureau-2024", "1126件 983件"),
    Asked("虎山木业2024年赚了多少，还有多少员工", "firm", "1.16亿元 1860人"),
    Asked("江湾镇花节停一辆小车多少钱，要招多少志愿者", "minutes", "10元 150名"),
    Asked("遇龙河有多少名筏工，坐一趟筏多少钱", "news", "1780人 320元"),
    Asked("桐庐住院在县医院报多少，去外县报多少", "insurance", "80% 60%"),
    Asked("桐庐县大人和学生的医保各交多少", "insurance", "580元 420元"),
    Asked("云溪村种了多少亩香榧，几年能结果", "village", "260亩 八年"),
    Asked("五步调解法哪一年开始的，调解了多少起纠纷", "method", "2021年 642起"),
)
