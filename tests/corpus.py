"""Texts without end for measuring the search: our own words, strewn by Zipf; nobody's corpus.

Common words stand in four articles of five, others in hardly any; names, streets, days and numbers
are drawn anew for each article. Nothing is meant: only how often what stands beside what.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

COMMON = """居民 社区 工作 街道 服务 小区 建设 开展 发展 活动 今年 群众 项目 改造
单位 部门 全区 问题 学校 孩子 老人 生活 环境 文化 安全 管理 企业 组织 志愿 者们 医院
健康 教育 学习 家庭 公园 道路 交通 车辆 时间 干部 党员 会议 要求 提升 推进 落实 加强
解决 保障 参与 代表 现场 介绍 记者 表示 成为 通过 进行 完成""".split()
PLAIN = """供热 管线 锅炉 阅览 图书 灯会 糖画 舞狮 菜场 早市 面馆 裁缝 修鞋 花市
石桥 柳岸 渡口 河堤 水闸 泵站 电梯 楼道 车棚 充电 消防 演练 疫苗 体检 义诊 食堂 助餐
养老 托育 课后 操场 合唱 朗诵 书法 剪纸 刺绣 皮影 评弹 象棋 太极 门球 乒乓 游泳 骑行
步道 绿地 银杏 海棠 月季 荷塘 白鹭 湿地 雨水 排涝 防汛 台风 降温 寒潮 垃圾 分类 回收
旧衣 宠物 噪声 油烟 井盖 路灯 站台 公交 地铁 隧道 桥梁 停车 斑马 红灯 护栏 盲道 坡道
轮椅 招聘 就业 培训 创业 摊位 夜市 商圈 老街 牌坊 祠堂 古井 碑刻 族谱 方言 小吃 豆腐
酱园 米酒 茶馆 评书 邮局 档案 户籍 证件 窗口 网格 热线 投诉 回访 调解 法庭 普法 禁毒
反诈 征兵 退役 烈士 纪念 升旗 班级 毕业 家访 教师 作文 算术 实验 航模 编程 种植 养蜂
稻田 大棚 草莓 葡萄 柑橘 鱼塘 合作 收成 农机 晒场 粮仓 集市 庙会 博物 展览 收藏 摄影
影院 剧团 鼓楼 城墙 码头 纤夫 船工 铁匠 木匠 篾匠 瓦匠 砖窑 染坊 纺织 机床 铸造 钳工""".split()
LINKS = """的 在 和 了 为 对 把 让 也 都 就 从 向 与 将 到 后 前 里 上 下 中 还 又
更 最 再 已 被 由""".split()
RARE = """芮棠溪漪澜荻苇蓼藻菱芡荇萍桦椴榉槭楸梓柘柞枳橘栌檀檗榕桉杉柏桧栎楝樗榆槐柰
棣棠榛栗蕨薇葵葛藤苔藓菌菇砚墨笺毫绢缎绫罗绸纱绒毡毯帛锦绣帷幔帘幌榻椟箧匣奁镜梳篦簪
钗钏珰珮璧琮圭璋琥珀玛瑙琉璃砗磲珊瑚玳瑁翡翠鲫鲤鳜鲈鳝鳅虾蟹螺蚌蜻蜓蝉蛙鹭鸥雁鹤鹳鸬
鹚鸳鸯鹂鹊雀莺燕隼鹞鸮骡驹犊羔豚犬猫兔鼬獾狸麂獐""".replace("\n", "")
SURNAMES = "陆周何方许罗沈温贺江苗邓梁孟纪陶苏阮骆裘单应柏水窦章云潘葛奚范彭郎鲁韦昌马"
GIVEN = "知秋青禾予安嘉言以恒牧可序满无名然棠晓明溪婕芮砚舟望舒景行怀瑾云帆思远若谷听澜"
PLACES = [
    f"{a}{b}{c}"
    for a in "柳石棠荷榆桑竹枫"
    for b in "岸桥溪塘坊堰浦泾"
    for c in ("路", "巷", "里", "苑")
]
DAYS = 365 * 12
LAST = datetime(2026, 10, 30, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """An article: its words, who wrote it, when it went out."""

    headline: str
    deck: str
    paragraphs: list[str]
    names: list[str]
    at: datetime


def _zipf(words, power):
    return words, list(accumulate(1 / (place + 25) ** power for place in range(len(words))))


class Corpus:
    """A source of texts that gives the same ones for the same seed."""

    def __init__(self, seed: int = 20231208):
        """Draw the vocabulary: what is common, what is plain, and a long tail."""
        self.chance = random.Random(seed)
        tail = [a + b for a in RARE for b in RARE[::3] if a != b]
        self.chance.shuffle(tail)
        self.words = _zipf([*COMMON, *PLAIN, *tail], 1.0)
        names = [a + b + c for a in SURNAMES for b in GIVEN for c in ("", *GIVEN)]
        self.chance.shuffle(names)
        self.names = _zipf(names, 0.9)
        places = PLACES[:]
        self.chance.shuffle(places)
        self.places = _zipf(places, 0.8)

    def texts(self, count: int):
        """Yield texts, the oldest first."""
        for place in range(count):
            yield self._text(LAST - timedelta(days=DAYS) * ((count - place - 1) / count))

    def _draw(self, kind, many: int) -> list[str]:
        words, weights = kind
        return self.chance.choices(words, cum_weights=weights, k=many)

    def _text(self, at: datetime) -> Text:
        chance = self.chance
        names, places = self._draw(self.names, 4), self._draw(self.places, 4)
        words = iter(self._draw(self.words, 1100))
        paragraphs = [
            "".join(self._sentence(words, names, places, at) for _ in range(chance.randint(2, 5)))
            for _ in range(chance.randint(8, 15))
        ]
        head = "".join(next(words, "事") for _ in range(4))
        return Text(
            f"{chance.choice(places)}{head}", "".join(self._draw(self.words, 6)), paragraphs,
            names[:2], at,
        )  # fmt: skip

    def _sentence(self, words, names, places, at: datetime) -> str:
        chance = self.chance
        parts = [next(words, "事") for _ in range(chance.randint(7, 12))]
        for place in range(2, len(parts), 3):
            parts[place] += chance.choice(LINKS)
        extra = chance.random()
        if extra < 0.25:
            parts.insert(0, f"{chance.choice(names)}说，")
        elif extra < 0.5:
            parts.insert(2, chance.choice(places))
        elif extra < 0.7:
            parts.insert(0, f"{at.year}年{at.month}月{chance.randint(1, 28)}日，")
        elif extra < 0.8:
            parts.insert(3, f"{chance.randint(2, 9999)}户")
        parts.insert(len(parts) // 2, "，")
        return "".join(parts) + "。"
