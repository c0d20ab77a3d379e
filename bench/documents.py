"""Documents made up for measuring: reports about the cooperation of cities, as long as a paper.

They name some six places in a thousand characters, as papers do; dense ones twice as many.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
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
_FACTS = (
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
#: What papers say between facts.
_REMARKS = (
    "Earlier studies counted agreements; few of them asked what became of what had been agreed.",
    "The interviews were held in the offices of the respondents and took about an hour each.",
    "Three of the respondents asked that their names be left out of the published version.",
    "Budgets are approved once a year, so that plans made in autumn seldom outlive the winter.",
    "It is not easy to say what such exchanges are worth, since most of what they give is trust.",
    "The table below gives the figures by year; those for the last one are still provisional.",
    "Local administrations act here within limits that national law sets and often leaves vague.",
    "Much depends on one or two officers who speak the language and know whom to call.",
    "This chapter looks at how plans are made, who pays for them, and who looks after the results.",
    "In {field} the first steps are usually small: a visit, a course, a shared handbook.",
    "Only {m} percent of those asked could name the office that was responsible for {field}.",
    "Where {field} is concerned, the literature of the last {m} years agrees on little else.",
    "The archive holds {n} letters on the subject, most of them about dates of arrival.",
    "None of this was foreseen in {year}, when the first reports on {field} were written.",
)


def document(number: int, size: int = PAPER, dense: bool = False) -> str:
    """A report of about `size` characters in lines as a PDF leaves them, the same for a number."""
    random = Random(number)
    kinds = _FACTS if dense else (*_FACTS, *_REMARKS)
    parts = [f"Report {number} on the cooperation of cities", ""]
    length = 0
    while length < size:
        if length and random.random() < 0.2:
            parts += [f"{len(parts)} Experiences in {random.choice(_FIELDS)}", ""]
        sentences = [_sentence(random, kinds) for _ in range(random.randint(5, 11))]
        parts += [*textwrap.wrap(" ".join(sentences), 100), ""]
        length = sum(map(len, parts)) + len(parts)
    return "\n".join(parts)


def write(folder: Path, count: int, size: int = PAPER, dense: bool = False) -> Iterator[Path]:
    """Write so many documents as text files; yields their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        path = folder / f"report-{number:05}.txt"
        path.write_text(document(number, size, dense), encoding="utf-8")
        yield path


def _sentence(random: Random, kinds: Sequence[str]) -> str:
    a, b = random.sample(_CITIES, 2)
    c, d = random.sample(_COUNTRIES, 2)
    year = random.randint(1975, 2022)
    return random.choice(kinds).format(
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
