"""What a date is to a project: its start, its end, an end that is hoped for, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Features
from pipeline.records import Mention, Sentence, Statement
from pipeline.relate.works.columns import column
from pipeline.relate.works.dates import LABEL, SPAN_JOINT, TURN, dated, later
from pipeline.relate.works.learned.links import is_near, link
from pipeline.relate.works.learned.reading import Reading
from pipeline.relate.works.learned.words import around, stems, words
from pipeline.relate.works.names import Work
from pipeline.relate.works.subjects import Part
from pipeline.relate.works.vocabulary import says

ROLES = ("none", "start", "end", "expected_end")
#: Of a date alone, of the first and of the last of two.
_ALONE, FIRST, LAST = "alone", "first", "last"
_RULED = ("start", "end", "expected_end", "opened", "stopped", "agreed")
_REACH = 160


@dataclass(frozen=True, slots=True)
class Dating:
    """A date that may be one of a project. value: EDTF; side: of a range, which end it is."""

    work: Work
    mention: Mention
    sentence: Sentence
    value: str
    side: str


def datings(reading: Reading, work: Work) -> list[Dating]:
    """Every date near a project as one of it, ranges as two; none that stands far is one."""
    found = []
    for mention in reading.inside(("DATE",)):
        if not mention.value or mention.value.startswith("XXXX"):
            continue
        if not is_near(reading, work, mention):
            continue
        sentence = reading.sentences[reading.at(mention.start)]
        first, _, last = mention.value.partition("/")
        if last and first.strip(".") and last.strip("."):
            found.append(Dating(work, mention, sentence, first, FIRST))
            found.append(Dating(work, mention, sentence, last, LAST))
        else:
            value = first if first.strip(".") else last
            found.append(Dating(work, mention, sentence, value, _side(reading, mention, sentence)))
    return found


def _side(reading: Reading, mention: Mention, sentence: Sentence) -> str:
    """Whether two dates that are joined by "to" stand here, and which this is."""
    text = reading.resolved.document.text
    inside = reading.resolved.within(sentence.start, sentence.end)
    dates = [m for m in inside if m.label == "DATE"]
    at = dates.index(mention)
    if at + 1 < len(dates) and SPAN_JOINT.match(text[mention.end : dates[at + 1].start]):
        return FIRST
    if at and SPAN_JOINT.match(text[dates[at - 1].end : mention.start]):
        return LAST
    return _ALONE


def ruled(reading: Reading, work: Work) -> dict[tuple[int, str], dict[str, float]]:
    """What the rules make of the dates: (start of the sentence, value) -> field -> confidence."""
    found: dict[tuple[int, str], dict[str, float]] = {}
    for part in reading.parts[work.key]:
        for statement, at in _stated(reading, part):
            fields = found.setdefault((at, statement.value), {})
            fields[statement.field] = max(statement.confidence, fields.get(statement.field, 0.0))
    return found


def _stated(reading: Reading, part: Part) -> Iterator[tuple[Statement, int]]:
    for statement in dated(reading.resolved, part, reading.today):
        yield statement, part.sentence.start


def features(
    reading: Reading, dating: Dating, rules: dict[tuple[int, str], dict[str, float]]
) -> Features:
    """Numbers of a date as one of a project."""
    found = link(reading, dating.work, dating.mention)
    rule = rules.get((dating.sentence.start, dating.value), {})
    found |= {f"rule_{name}": rule.get(name, 0.0) for name in _RULED}
    found |= {f"side_{side}": float(dating.side == side) for side in (_ALONE, FIRST, LAST)}
    found |= _time(reading, dating)
    text = reading.resolved.document.text
    low = max(dating.sentence.start, dating.mention.start - 60)
    found["modal_before"] = float(says("modal", text[low : dating.mention.start]))
    high = min(dating.sentence.end, dating.mention.end + 40)
    found["modal_behind"] = float(says("modal", text[dating.mention.end : high]))
    found["partial"] = float(says("partial", text[low : dating.mention.start]))
    return found


def _time(reading: Reading, dating: Dating) -> Features:
    """How the date lies to the document's own, and to the other dates beside the project."""
    values = reading.years[dating.work.key]
    year = dating.value[:4]
    today = reading.today
    return {
        "today": float(bool(today)),
        "later": float(bool(today) and later(dating.value, today)),
        "same_day": float(bool(today) and dating.value == today),
        "years_on": float(int(year) - int(today[:4])) if today and year.isdigit() else 0.0,
        "fineness": float(sum(c.isdigit() for c in dating.value)),
        "first_year": float(bool(values) and year <= values[0]),
        "last_year": float(bool(values) and year >= values[-1]),
        "years_known": float(len(values)),
    }


def said(reading: Reading, dating: Dating) -> list[str]:
    """The words around a date, those of its label, and those of its sentence."""
    resolved, sentence, mention = reading.resolved, dating.sentence, dating.mention
    start = max(sentence.start, mention.start - _REACH)
    before = words(resolved, start, mention.start, dating.work)
    after = words(resolved, mention.end, min(sentence.end, mention.end + _REACH), dating.work)
    found = [*around(before, after), f"side={dating.side}"]
    text = resolved.document.text[sentence.start : sentence.end]
    if label := LABEL.match(text):
        found += [f"l:{w}" for w in words(resolved, sentence.start, sentence.start + label.end())]
    heading = column(resolved, sentence, mention.start)
    return [*found, *(f"h:{w}" for w in stems(heading))]


def hoped(reading: Reading, dating: Dating) -> bool:
    """Whether what happens at a date is yet to come."""
    if reading.today:
        return later(dating.value, reading.today)
    text = reading.resolved.document.text
    before = text[max(dating.sentence.start, dating.mention.start - 60) : dating.mention.start]
    return says("modal", TURN.split(before)[-1])
