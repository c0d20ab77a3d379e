"""Trade of two countries and its growth: amounts about their partnership, not about a project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.languages import says
from pipeline.records import AmountClaim, Mention, PairClaim
from pipeline.relate.reading import Reading
from pipeline.relate.statements import state

_MONEY = re.compile(r"^[A-Z]{3}$")
_SURE = 0.7


def trade(reading: Reading, pairs: Sequence[PairClaim]) -> Iterator[AmountClaim]:
    """Amounts of `trade` and `growth`; their subject is the document's national pair, if any."""
    resolved = reading.resolved
    national = next((p.key for p in pairs if p.level == "national"), "")
    for line in reading.lines:
        inside = list(resolved.within(line.start, line.end))
        named = any(m.label == "PROJECT" for m in inside)
        if named or not says("trade", line.text, line.language):
            continue
        for mention in inside:
            amount = resolved.quantities.get((mention.start, mention.end))
            if amount and (amount.unit == "%" or _MONEY.match(amount.unit)):
                what = "growth" if amount.unit == "%" else "trade"
                told = (national, what, mention.value)
                claim = state(resolved, line.sentence, told, "affirmed", _SURE)
                yield AmountClaim(claim, what, amount, _as_of(line.dates, mention))


def _as_of(dates: Sequence[Mention], amount: Mention) -> str:
    """The date of the line that stands nearest to an amount."""
    told = [m for m in dates if not m.value.startswith("XXXX")]
    nearest = min(told, key=lambda m: (abs(m.start - amount.start), m.start), default=None)
    return nearest.value if nearest else ""
