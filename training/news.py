"""Made articles of local news: nothing in them is a tie of two towns or a project of two countries.

Most documents of the corpora speak of cooperation. What is learned from them alone takes a league
in which two teams are tied, or a park that a county pays for, for what it looks for.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

from training.grammar import RULES, filled, read_rules
from training.passages import GOLD
from training.swap import Names, names

_NEWS = Path(__file__).with_name("news.txt")
#: Rules of the grammar that speak of ties or name works.
_OURS = re.compile(r"twin|sister|partner|PROJECT|STRATEGY", re.I)
_PLAIN, _LIKE = (8, 18), (4, 9)
_PARAGRAPH = (1, 2, 3)


def write(folder: Path, gazetteer: Path, count: int, seed: int = 5) -> Path:
    """Write so many annotated articles; returns the folder."""
    random, pool = Random(seed), names(gazetteer)
    plain = [rule for rule in read_rules(RULES) if rule.endswith(".") and not _OURS.search(rule)]
    like = read_rules(_NEWS)
    gold = json.dumps({"meta": {"lang": "en"}, "partnerships": [], "projects": []})
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        rules = random.sample(plain, random.randint(*_PLAIN))
        rules += random.sample(like, random.randint(*_LIKE))
        text = _article(rules, pool, random)
        (folder / f"news-made-{number:03}.src").write_text(f"{text}\n{GOLD}\n{gold}\n", "utf-8")
    return folder


def _article(rules: list[str], pool: Names, random: Random) -> str:
    random.shuffle(rules)
    told = [filled(rule, pool, random) for rule in rules]
    paragraphs = [told.pop(0).rstrip(".")]
    while told:
        size = random.choice(_PARAGRAPH)
        paragraphs.append(" ".join(told[:size]))
        told = told[size:]
    return "\n\n".join(paragraphs)
