"""Trade of two countries and its growth: amounts about their partnership, not about a project."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import AmountClaim, Mention, PairClaim, Resolved, Sentence
from pipeline.relate.statements import state

_TRADE = re.compile(
    r"\b(?:trade|turnover|exports?|imports?|commerce)\b|товарооборот|экспорт|импорт|贸易额|进出口",
    re.I,
)
_MONEY = re.compile(r"^[A-Z]{3}$")


def trade(
    resolved: Resolved, sentences: Sequence[Sentence], pairs: Sequence[PairClaim]
) -> list[AmountClaim]:
    """Amounts of `trade` and `growth`; their subject is the document's national pair, if any."""
    national = next((p.key for p in pairs if p.level == "national"), "")
    found = []
    for sentence in sentences:
        text = resolved.tagged.text_of(sentence)
        inside = list(resolved.within(sentence.start, sentence.end))
        if not _TRADE.search(text) or any(m.label == "PROJECT" for m in inside):
            continue
        for mention in inside:
            amount = resolved.quantities.get((mention.start, mention.end))
            if amount is None or not (amount.unit == "%" or _MONEY.match(amount.unit)):
                continue
            what = "growth" if amount.unit == "%" else "trade"
            claim = state(resolved, sentence, (national, what, mention.value), "affirmed", 0.7)
            found.append(AmountClaim(claim, what, amount, _as_of(inside, mention)))
    return found


def _as_of(inside: Sequence[Mention], amount: Mention) -> str:
    """The date of the sentence, where it has one only, or the nearest of several."""
    dates = [m for m in inside if m.label == "DATE" and m.value and not m.value.startswith("XXXX")]
    if not dates:
        return ""
    return min(dates, key=lambda m: (abs(m.start - amount.start), m.start)).value
