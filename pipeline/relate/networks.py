"""Networks of many towns: who is a member of which. A network pairs nobody, so it makes no row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.languages import find, says
from pipeline.records import Statement
from pipeline.relate.lines import Line
from pipeline.relate.reading import Reading
from pipeline.relate.statements import state

_SURE = 0.6
_SPACE = re.compile(r"\s+")


def networks(reading: Reading) -> Iterator[Statement]:
    """Statements of membership, `network: town + town`, one for each line that tells any.

    The place that the document speaks for is the member where a line names none.
    """
    resolved, owner = reading.resolved, reading.owner
    for line in reading.lines:
        if "membership" not in line.says or "negation" in line.says:
            continue
        name = _name(reading, line)
        hosts = {p.place_id for p in line.party_of.values() if p.host}
        members = [m.place_id for m in line.parties if m.place_id not in hosts]
        members = members or ([owner.hub.place_id] if owner else [])
        if name and members:
            towns = " + ".join(resolved.places[place_id].name for place_id in members)
            told = ("", "network", f"{name}: {towns}")
            yield state(resolved, line.sentence, told, "affirmed", _SURE)


def _name(reading: Reading, line: Line) -> str:
    """The network that a line names: an organisation that is one, or one that is well known."""
    text = reading.resolved.document.text[line.start : line.end]
    for mention in reading.resolved.within(line.start, line.end):
        name = _SPACE.sub(" ", reading.resolved.tagged.text_of(mention))
        if mention.label in ("ORG", "STRATEGY") and says("network", name, line.language):
            return name
    known = find("network_name", text, line.language)
    return _SPACE.sub(" ", text[slice(*known[0])]) if known else ""
