"""A town of many people, as a folder of YAML: families in houses, friends, grudges, debts, rumours and secrets."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

FIRST = {
    "en": "Ada Bo Cora Dag Effie Finn Greer Hob Ines Jory Kit Lotte Moss Nell Otto Petra Quill Runa Sten Tilda",
    "zh": "春桃 大牛 秋月 石头 小满 阿福 冬梅 铁柱 腊梅 长生 玉兰 虎子 芳草 金锁 白露 喜鹊 青松 红豆 满仓 杏花",
}
LAST = {"en": "Reed Thorn Vane Marsh Croft Hale Pike Barrow", "zh": "林 石 王 沈 江 何 裴 白"}
ROLES = {
    "en": "a miller, a baker, a fisher, a weaver, a carter, a potter, a cooper, a shepherd, a midwife, a fiddler",
    "zh": "磨坊主, 面包师, 渔夫, 织工, 车夫, 陶匠, 桶匠, 牧羊人, 接生婆, 琴师",
}
HOUSES = {
    "en": "Mill Bakery Pottery Forge Dairy Tannery Brewery Chandlery Ropewalk Sawmill Granary Tollhouse Boathouse "
    "Smokehouse Almshouse Schoolroom Lighthouse Saltworks Beehouse Chapel Barn Stable Cooperage Weavery Kiln Gatehouse",
    "zh": "磨坊 面包房 陶坊 铁匠铺 奶坊 皮坊 酒坊 烛坊 绳坊 锯木场 粮仓 税所 船屋 "
    "熏房 济贫院 学堂 灯塔 盐场 蜂房 小庙 谷仓 马厩 桶坊 织坊 窑场 门楼",
}
RULES = [
    {
        "id": "owes",
        "wording": {
            "en": "{subject} {owes|owe} {object} {amount} silver coins",
            "zh": "{subject}欠{object}{amount}枚银币",
        },
        "words": {"en": ["owe", "owes", "debt"], "zh": ["欠", "债"]},
        "asks": ["who", "how_many"],
    },
    {
        "id": "stole",
        "wording": {"en": "{subject} stole {object}", "zh": "{subject}偷了{object}"},
        "words": {"en": ["stole", "steal", "thief"], "zh": ["偷"]},
        "asks": ["who", "what"],
    },
]


def crowd(folder: Path, people: int, *, seed: int = 0) -> list[str]:
    """Write a world of so many people into a folder; return their ids."""
    chance = Random(seed)
    ids = [f"person_{number}" for number in range(people)]
    homes, household = {}, 0
    while len(homes) < people:
        for who in ids[len(homes) : len(homes) + chance.randint(1, 4)]:
            homes[who] = f"house_{household}"
        household += 1
    places = [
        {"id": f"house_{n}", "names": {language: names.split()[n] for language, names in HOUSES.items()}}
        for n in range(household)
    ]
    world = {
        "id": "town",
        "names": {"en": "Saltmarsh", "zh": "盐泽镇"},
        "start": "1204-05-04 08:00",
        "setting": {"en": "A town in the marshes.", "zh": "沼泽边的小镇。"},
        "player": {
            "id": "player",
            "kind": "person",
            "names": {"en": "traveller", "zh": "旅人"},
            "proper": False,
            "pronoun": "they",
        },
    }
    bell = {"id": "bell", "proper": False, "names": {"en": "silver bell", "zh": "银铃"}}
    facts = _facts(ids, homes, chance)
    for name, held in (
        ("world", world), ("places", places), ("things", [bell]), ("predicates", RULES), ("facts", facts),
    ):  # fmt: skip
        _write(folder / f"{name}.yaml", held)
    for number, who in enumerate(ids):
        _write(folder / "personas" / f"{who}.yaml", _persona(number, ids, homes, facts, chance))
    return ids


def _facts(ids: list[str], homes: dict[str, str], chance: Random) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    for home in dict.fromkeys(homes.values()):
        together = [who for who in ids if homes[who] == home]
        if len(together) > 1:
            facts.append({"fact": f"{together[0]} married_to {together[1]}", "common": True})
        facts += [{"fact": f"{together[0]} parent_of {child}", "common": True} for child in together[2:]]
    for _ in range(len(ids) // 2):
        one, other = chance.sample(ids, 2)
        facts.append(chance.choice([
            {"fact": f"{one} friend_of {other}"},
            {"fact": f"{one} owes {other}", "with": {"amount": chance.randint(2, 40)}},
            {"fact": f"{one} sibling_of {other}", "common": True},
        ]))  # fmt: skip
    facts.append({"fact": f"{ids[min(3, len(ids) - 1)]} stole bell"})
    return list({one["fact"]: one for one in facts}.values())


def _persona(
    number: int, ids: list[str], homes: dict[str, str], facts: list[dict[str, Any]], chance: Random
) -> dict[str, Any]:
    who = ids[number]
    first = {language: names.split() for language, names in FIRST.items()}
    last = {language: names.split() for language, names in LAST.items()}
    roles = {language: names.split(", ") for language, names in ROLES.items()}
    given, family = number % 20, number // 20
    near = ids[max(0, number - 4) : number] + ids[number + 1 : number + 5]
    persona: dict[str, Any] = {
        "id": who,
        "names": {
            "en": f"{first['en'][given]} {last['en'][family % 8]}",
            "zh": f"{last['zh'][family % 8]}{first['zh'][given]}",
        },
        "role": {language: several[number % 10] for language, several in roles.items()},
        "summary": {"en": "One of many in town.", "zh": "镇上众人之一。"},
        "voice": {"register": {"en": "Plain.", "zh": "朴实。"}},
        "home": homes[who],
        "relationships": {
            other: {"affinity": chance.choice([-0.6, 0.5, 0.7]), "trust": 0.2, "familiarity": 0.6}
            for other in chance.sample(near, min(2, len(near)))
        },
    }
    rumours = [
        {"fact": f"{chance.choice(ids)} stole bell", "confidence": 0.6, "source": f"told by {chance.choice(near)}"}
        for _ in range(number % 3 == 0 and bool(near))
    ]
    if rumours:
        persona["beliefs"] = rumours
    mine = [one["fact"] for one in facts if one["fact"].startswith(f"{who} ") and not one.get("common")]
    if mine and number % 4 == 3:
        persona["secrets"] = [
            {
                "id": "mine",
                "facts": mine[:2],
                "words": {"en": ["silver bell", "silver coins"], "zh": ["银铃", "银币"]},
                "when": {"trust": 0.5, "alone": True},
                "cover": {"en": "Lovely weather.", "zh": "今天天气真好。"},
            }
        ]
    elif mine:
        persona["knows"] = mine
    return persona


def _write(path: Path, held: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(held, allow_unicode=True, sort_keys=False), "utf-8")
