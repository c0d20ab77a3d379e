"""Documents made up for measuring: reports about the cooperation of cities, as long as a paper."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from random import Random

#: Characters of a paper of some five pages.
PAPER = 13_600

_CITIES = (
    *("Kraków", "Leipzig", "Lyon", "Porto", "Brno", "Graz", "Turku", "Bergen", "Gdańsk", "Riga"),
    *("Kaunas", "Odesa", "Tbilisi", "Yerevan", "Chengdu", "Wuhan", "Harbin", "Osaka", "Busan"),
    *("Recife", "Rosario", "Cork", "Leeds", "Ghent", "Bilbao", "Turin", "Split", "Plovdiv"),
)
_COUNTRIES = ("Poland", "Germany", "France", "Portugal", "Japan", "China", "Brazil", "Georgia")
_WORKS = ("Tram Depot", "Friendship Park", "Science Quarter", "Logistics Centre", "River Museum")
_FIELDS = ("education", "transport", "culture", "water supply", "tourism", "public health")
_SENTENCES = (
    "{a} and {b} have been sister cities since {year}.",
    "In {year} the mayors of {a} and {b} signed an agreement on cooperation in {field}.",
    "The {a}–{b} {work} was begun in {year} and is to be finished by the end of {later}.",
    "The city of {a} put {n} million euros into the {work}, and {b} gave another {m} million.",
    "Trade between {c} and {d} reached {n} billion dollars in {year}, {m} percent more than ever.",
    "The council of {a} has not yet decided whether to renew its partnership with {b}.",
    "Delegations travel every second spring, and the costs are shared by both administrations.",
    "Those who took part in the exchange say that what they learned was mostly of practical use.",
    "A study of {n} such partnerships finds that most of them live from the work of few people.",
    "Interest in {field} has grown since {year}, although budgets in {c} have become tighter.",
    "The site covers {n} hectares on the edge of {a}, beside the road that leads to the port.",
    "Nobody in the office could tell how many of the planned events had really taken place.",
    "Students from {b} spent a term in {a}; {m} of them came back to work there.",
    "As the report puts it, cooperation between cities rests on trust before it rests on treaties.",
    "Firms from {d} asked for simpler rules, and the chamber of commerce in {a} supported them.",
    "What began as an exchange of choirs became, within {m} years, a common policy for {field}.",
)


def document(number: int, size: int = PAPER) -> str:
    """A report of about `size` characters in lines as a PDF leaves them, the same for a number."""
    random = Random(number)
    parts = [f"Report {number} on the cooperation of cities", ""]
    length = 0
    while length < size:
        if length and random.random() < 0.2:
            parts += [f"{len(parts)} Experiences in {random.choice(_FIELDS)}", ""]
        sentences = [_sentence(random) for _ in range(random.randint(5, 11))]
        parts += [*textwrap.wrap(" ".join(sentences), 100), ""]
        length = sum(map(len, parts)) + len(parts)
    return "\n".join(parts)


def write(folder: Path, count: int, size: int = PAPER) -> Iterator[Path]:
    """Write so many documents as text files; yields their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        path = folder / f"report-{number:05}.txt"
        path.write_text(document(number, size), encoding="utf-8")
        yield path


def _sentence(random: Random) -> str:
    a, b = random.sample(_CITIES, 2)
    c, d = random.sample(_COUNTRIES, 2)
    year = random.randint(1975, 2022)
    return random.choice(_SENTENCES).format(
        a=a,
        b=b,
        c=c,
        d=d,
        year=year,
        later=year + random.randint(2, 5),
        n=random.randint(3, 900),
        m=random.randint(2, 60),
        work=random.choice(_WORKS),
        field=random.choice(_FIELDS),
    )
