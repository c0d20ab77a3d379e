"""Projects: what a document says of each, also where it is only "the project"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.gazetteer.names import key as name_key
from pipeline.records import (
    AmountClaim,
    Mention,
    PairClaim,
    ProjectClaim,
    Resolved,
    Sentence,
    Statement,
)
from pipeline.relate.statements import digest, state
from pipeline.relate.vocabulary import group

_SHORT = re.compile(
    r"\b(the project|this project|the town|the park|the cent(re|er))\b|该项目", re.I
)
#: A cue speaks for a date or an amount within this many characters around it.
_CUE_CHARACTERS = 110
#: Two project names of a document that are this alike (0 to 100) name one project.
_SAME_NAME = 85
#: What is said of countries, not of a project.
_NOT_OF_PROJECTS = ("", "trade", "growth")


def projects(
    resolved: Resolved, sentences: Sequence[Sentence], pairs: Sequence[PairClaim]
) -> tuple[list[ProjectClaim], list[AmountClaim]]:
    """Projects of a document with their statements, and the amounts about them."""
    found: dict[str, list[Statement]] = {}
    names: dict[str, Mention] = {}
    places: dict[str, dict[str, None]] = {}
    amounts: list[AmountClaim] = []
    last = ""
    for sentence in sentences:
        current = _subject(resolved, sentence, names, last)
        if not current:
            continue
        last = current
        found.setdefault(current, []).extend(_facts(resolved, sentence, current))
        amounts += _amounts(resolved, sentence, current)
        if any(m.label == "PROJECT" for m in resolved.within(sentence.start, sentence.end)):
            sides = places.setdefault(current, {})
            for m in resolved.within(sentence.start, sentence.end):
                if m.label in ("CITY", "REGION") and m.place_id:
                    sides[m.place_id] = None
    claims = []
    for subject, mention in names.items():
        where = tuple(places.get(subject, {}))
        pair = next(
            (p for p in pairs if p.level == "local" and {p.place_a, p.place_b} & {*where}), None
        )
        name = " ".join(resolved.tagged.text_of(mention).split())
        claims.append(
            ProjectClaim(subject, name, pair.key if pair else "", where, tuple(found[subject]))
        )
    return claims, amounts


def _subject(
    resolved: Resolved, sentence: Sentence, names: dict[str, Mention], current: str
) -> str:
    """The project that a sentence speaks of; empty for none."""
    for mention in resolved.within(sentence.start, sentence.end):
        if mention.label == "PROJECT":
            name = _name(resolved, mention)
            for subject, other in names.items():
                if fuzz.ratio(name, _name(resolved, other)) >= _SAME_NAME:
                    return subject
            subject = "j-" + digest(name)
            names[subject] = mention
            return subject
    return current if _SHORT.search(resolved.tagged.text_of(sentence)) else ""


def _name(resolved: Resolved, mention: Mention) -> str:
    return name_key(resolved.tagged.text_of(mention)).removesuffix(" project")


def _facts(resolved: Resolved, sentence: Sentence, subject: str) -> Iterator[Statement]:
    text = resolved.tagged.text_of(sentence)
    yield state(resolved, sentence, (subject, "name", text[:80]), confidence=0.7)
    for mention in resolved.within(sentence.start, sentence.end):
        if mention.label == "DATE" and mention.value:
            field = _cue(resolved, sentence, mention, "dates")
            if field:
                planned = "planned" if field == "expected_end" else "affirmed"
                yield state(resolved, sentence, (subject, field, mention.value), planned, 0.7)  # type: ignore[arg-type]
        if mention.label == "STRATEGY":
            name = resolved.strategies[mention.value].name
            yield state(resolved, sentence, (subject, "strategies", name), confidence=0.7)
    for field, pattern in group("fields").items():
        if pattern.search(text):
            yield state(resolved, sentence, (subject, "fields", field), confidence=0.6)


def _cue(resolved: Resolved, sentence: Sentence, mention: Mention, name: str) -> str:
    """The cue nearest to a mention, within its clause."""
    text = resolved.document.text
    low = max(sentence.start, mention.start - _CUE_CHARACTERS)
    high = min(sentence.end, mention.end + _CUE_CHARACTERS)
    low = max(
        [low, *(low + m.end() for m in re.finditer(r"[;:]|, and\b", text[low : mention.start]))]
    )
    if ";" in text[mention.end : high]:
        high = text.index(";", mention.end)
    best = ("", _CUE_CHARACTERS + 21)
    for field, pattern in group(name).items():
        for match in pattern.finditer(text[low:high]):
            start, end = low + match.start(), low + match.end()
            distance = mention.start - end if end <= mention.start else start - mention.end + 20
            if distance < best[1]:
                best = (field, distance)
    if (
        name == "dates"
        and best[0] == "end"
        and group("dates")["expected_end"].search(text[low : mention.start])
    ):
        return "expected_end"
    return best[0]


def _amounts(resolved: Resolved, sentence: Sentence, subject: str) -> Iterator[AmountClaim]:
    for mention in resolved.within(sentence.start, sentence.end):
        found = resolved.quantities.get((mention.start, mention.end))
        if mention.label == "AMOUNT" and found:
            what = _cue(resolved, sentence, mention, "amounts")
            if what in _NOT_OF_PROJECTS:
                continue
            claim = state(resolved, sentence, (subject, what, mention.value), confidence=0.7)
            yield AmountClaim(claim, what, found)


def trade(
    resolved: Resolved, sentences: Sequence[Sentence], pairs: Sequence[PairClaim]
) -> list[AmountClaim]:
    """Trade of two countries and its growth: amounts without a project."""
    national = next((p.key for p in pairs if p.level == "national"), "")
    found = []
    for sentence in sentences:
        text = resolved.tagged.text_of(sentence)
        inside = list(resolved.within(sentence.start, sentence.end))
        if not re.search(r"\btrade\b|товарооборот|贸易额", text, re.I) or any(
            m.label == "PROJECT" for m in inside
        ):
            continue
        dates = [m.value for m in inside if m.label == "DATE" and m.value]
        for mention in inside:
            amount = resolved.quantities.get((mention.start, mention.end))
            if amount is None or amount.unit not in ("%", "USD", "EUR", "CNY", "RUB"):
                continue
            what = "growth" if amount.unit == "%" else "trade"
            claim = state(resolved, sentence, (national, what, mention.value), confidence=0.7)
            found.append(AmountClaim(claim, what, amount, dates[0] if len(dates) == 1 else ""))
    return found
