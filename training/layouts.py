"""Made pages of lists and tables, to learn layouts from that the corpus has too few of.

Sections of encyclopedias, registers, tables and runs of entries with places drawn from the
gazetteer, and pages of the same forms that tell of no partnership. The words come from
`layouts.yaml`. Nothing of it is a fact; only the layout is to be learned.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pycountry
import yaml

from training.passages import GOLD

_WORDS = yaml.safe_load(Path(__file__).with_name("layouts.yaml").read_text("utf-8"))
#: Places are drawn from towns with at least so many people.
_PEOPLE = 20_000
_YEARS = (1955, 2023)
_DATED, _NOTED = 0.75, 0.1


@dataclass(frozen=True, slots=True)
class Town:
    """A place as a page names it; country is its ISO 3166-1 code."""

    name: str
    country: str

    @property
    def state(self) -> str:
        """English name of its country."""
        found = pycountry.countries.get(alpha_2=self.country)
        return str(getattr(found, "common_name", getattr(found, "name", "")))


@dataclass(slots=True)
class Page:
    """A page in the making: its lines, and its gold rows; real: whether it tells of partners."""

    random: Random
    towns: list[Town]
    real: bool
    lines: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def town(self) -> Town:
        return self.random.choice(self.towns)

    def say(self, name: str) -> str:
        """One of the wordings of `layouts.yaml`."""
        return str(self.random.choice(_WORDS[name]))

    def entry(self, host: Town, form: str, kind: str, status: str = "active") -> str:
        """An entry of one partner in a form with {town}, {country}, {date} and {note}."""
        guest = self.town()
        while guest.country == host.country and self.random.random() < 0.9:
            guest = self.town()
        date = self._date() if self.random.random() < _DATED else ""
        note = ""
        if status == "active" and "{note}" in form and self.random.random() < _NOTED:
            status = self.random.choice(["ended", "suspended", "planned"])
            note = self.say(f"note_{status}")
        line = form.format(town=guest.name, country=guest.state, date=date, note=note)
        line = line.replace(" ()", "").replace(", since ,", ",").rstrip(" ,–-|:(")
        for empty in _WORDS["undated"]:
            line = line if date else line.removesuffix(empty)
        if self.real:
            start = date if date and status != "planned" else None
            self.rows.append(_row(host, guest, kind, status, start, line))
        return line

    def _date(self) -> str:
        year = self.random.randint(*_YEARS)
        month, day = self.random.randint(1, 12), self.random.randint(1, 28)
        forms = [f"{year}"] * 4 + [f"{year}-{month:02}-{day:02}"]
        return self.random.choice(forms)


def _row(
    host: Town, guest: Town, kind: str, status: str, start: str | None, line: str
) -> dict[str, Any]:
    return {
        "place_a": host.name,
        "place_b": guest.name,
        "country_a": host.country,
        "country_b": guest.country,
        "kind": kind,
        "status": status,
        "start": start,
        "end": None,
        "evidence": line,
    }


def _kind(page: Page) -> tuple[str, str]:
    """(kind, heading) of a page; the heading of something else on a page without partners."""
    if not page.real:
        return "other", page.say("elsewhere")
    kind = page.random.choice(["twinning", "sister_city", "sister_city", "friendship", "partner"])
    return ("sister_city" if kind == "partner" else kind), page.say(kind)


def by_town(page: Page) -> None:
    """A list of a country: a heading for each town, its entries below."""
    kind, heading = _kind(page)
    form, mark = page.say("entry"), page.say("mark")
    home = page.town().country
    own = [t for t in page.towns if t.country == home]
    page.lines += [f"{heading} in {own[0].state}", "", page.say("about"), ""]
    for host in page.random.sample(own, min(len(own), page.random.randint(3, 7))):
        page.lines += [host.name, ""]
        for _ in range(page.random.randint(1, 5)):
            page.lines.append(mark + page.entry(host, form, kind))
        page.lines.append("")


def of_one(page: Page) -> None:
    """A town's page: a lead or heading, its entries, perhaps former ones under a heading."""
    kind, heading = _kind(page)
    form, mark, host = page.say("entry"), page.say("mark"), page.town()
    page.lines += [host.name, "", page.say("about").replace("The list", host.name), "", heading, ""]
    if page.real and page.random.random() < 0.6:
        page.lines += [page.say(f"lead_{kind}").format(town=host.name), ""]
    for _ in range(page.random.randint(2, 9)):
        page.lines.append(mark + page.entry(host, form, kind))
    if page.random.random() < 0.3:
        page.lines += ["", page.say("former") if page.real else page.say("elsewhere"), ""]
        for _ in range(page.random.randint(1, 3)):
            page.lines.append(mark + page.entry(host, form, kind, "ended"))


def in_table(page: Page) -> None:
    """A table, with a column for the host or all rows of the town in the title."""
    kind, heading = _kind(page)
    register, host = page.random.random() < 0.5, page.town()
    gap = page.random.choice([" | ", "\t", "   ", "    "])
    country_first = page.random.random() < 0.4
    form = "{country}" + gap + "{town}" if country_first else "{town}" + gap + "{country}"
    form += gap + "{date}"
    if page.real and page.random.random() < 0.5:
        form += gap + page.say("column_note")
    heads = ["Country", page.say("column_town")]
    head = gap.join(heads if country_first else heads[::-1]) + gap + page.say("column_date")
    home = [t for t in page.towns if t.country == host.country]
    title = f"{heading} of {host.state if register else host.name}"
    page.lines += [title, "", (page.say("column_host") + gap if register else "") + head]
    repeats, named = page.random.random() < 0.6, ""
    for _ in range(page.random.randint(4, 12)):
        if register and (not named or page.random.random() < 0.6):
            host = page.random.choice(home)
        # a register may name a town once, and leave its cell empty below
        cell = host.name if repeats or host.name != named else " " * len(host.name)
        named = host.name
        page.lines.append((cell + gap if register else "") + page.entry(host, form, kind))


def in_a_run(page: Page) -> None:
    """Partners in running text, divided by semicolons or commas."""
    kind, _ = _kind(page)
    host = page.town()
    lead = page.say(f"run_{kind}" if page.real else "run_elsewhere").format(town=host.name)
    joint = page.random.choice(["; ", "; ", ", "])
    form = "{town} ({date})" if joint == ", " else page.say("run_entry")
    entries = [page.entry(host, form, kind) for _ in range(page.random.randint(2, 7))]
    page.lines += [host.name, "", page.say("about").replace("The list", host.name), ""]
    page.lines.append(lead + joint.join(entries) + ".")
    for row in page.rows:
        row["evidence"] = page.lines[-1]


_FORMS: tuple[Callable[[Page], None], ...] = (by_town, of_one, in_table, in_a_run)


def write(folder: Path, gazetteer: Path, count: int, seed: int = 0) -> None:
    """Write pages as `.src` files; the names of places are not marked in them."""
    random = Random(seed)
    towns = _towns(gazetteer)
    folder.mkdir(exist_ok=True)
    for number in range(count):
        page = Page(random, towns, real=random.random() < 0.7)
        _FORMS[number % len(_FORMS)](page)
        gold = json.dumps({"meta": {}, "partnerships": page.rows, "projects": []})
        text = "\n".join(page.lines)
        (folder / f"made-{number:03}.src").write_text(f"{text}\n{GOLD}\n{gold}\n", "utf-8")


def _towns(gazetteer: Path) -> list[Town]:
    connection = sqlite3.connect(f"file:{gazetteer}?mode=ro", uri=True)
    rows = connection.execute(
        "select distinct name, country from place where kind = 'city' and population > ?"
        " and country != '' order by 1, 2",
        (_PEOPLE,),
    ).fetchall()
    known = {c.alpha_2 for c in pycountry.countries}
    return [Town(name, country) for name, country in rows if country in known]
