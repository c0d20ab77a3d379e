"""Clauses of a sentence: the scope in which a status, a denial and a date hold."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from pipeline.records import Resolved, Sentence
from pipeline.relate.cues import kinds

_SPLIT = re.compile(
    r"[;；] ?|, (?:but|while|whereas|though|although|yet)\b|"
    r", and (?=(?:its|the|that|this|with|has|have|is|was|it|in|on|also|are|we|a further)\b)|"
    r", and (?=#+ (?:#+ )*(?:has|have|is|are|was|were|had|will)\b)|"
    r"(?<=[a-z]), (?=with (?:which|whom)\b)|: (?=(?:the|its|it|they|we|he|she)\b)|"
    r", (?:а|но|однако|зато)\b|，(?:但|而|另)",
    re.I,
)
#: "ended its bond with A and in 2020 signed one with B": each verb has its own partner.
_OTHER_VERB = re.compile(
    r"(?<=[\w#] )and (?=(?:(?:in|on|since|later|then|soon|instead) [^,;]{0,25}?)?"
    r"(?:signed|concluded|sealed|entered|established|formed|ended|cancelled|terminated|suspended|"
    r"froze|dropped|twinned|partnered|renewed|revoked)\b[^;]*?\bwith (?:[a-z]+ ){0,3}#)|"
    r", (?=(?:signed|concluded|sealed|established|formed) (?:one|another|a new one) with "
    r"(?:[a-z]+ ){0,3}#)"
)
_WITH = re.compile(r"\b(?:with|to) (?:[a-z]+ ){0,3}#")
_FULL_STOP = re.compile(r"(?<=[\w)”\"»][\w)”\"»][.!?])\s+(?=[A-ZА-ЯЁ\"«“#])|(?<=[。！？])")
#: Names that are no places: their words say nothing of partnerships.
_MASKED = ("ORG", "PROJECT", "STRATEGY", "CITY", "REGION", "COUNTRY")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence; `text` has names blanked with `#`: only plain words are cues."""

    start: int
    end: int
    text: str
    sentence: Sentence


def clauses(resolved: Resolved, sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence in order; together they cover it."""
    text = masked(resolved, sentence.start, sentence.end)
    bounds = [0]
    for match in _SPLIT.finditer(text):
        if match[0].startswith(":") and not kinds(text[bounds[-1] : match.start()]):
            continue
        if not _inside_brackets(text, match.start()):
            bounds.append(match.start())
    for match in _OTHER_VERB.finditer(text):
        if _WITH.search(text, max(b for b in bounds if b <= match.start()), match.start()):
            bounds.append(match.start())
    bounds = [*sorted(set(bounds)), len(text)]
    return [
        Clause(sentence.start + a, sentence.start + b, text[a:b], sentence)
        for a, b in itertools.pairwise(bounds)
        if b > a
    ]


def split(resolved: Resolved, sentence: Sentence) -> list[Sentence]:
    """A list item or heading as the sentences that it holds."""
    text = resolved.document.text[sentence.start : sentence.end]
    stops = [m.end() for m in _FULL_STOP.finditer(text)]
    named = list(resolved.within(sentence.start, sentence.end)) if stops else []
    # "St. Petersburg" is one name
    ends = [s for s in stops if not any(m.start < sentence.start + s < m.end for m in named)]
    bounds = [0, *ends, len(text)]
    return [
        Sentence(sentence.start + a, sentence.start + b, sentence.block)
        for a, b in itertools.pairwise(bounds)
        if text[a:b].strip()
    ]


def masked(resolved: Resolved, start: int, end: int) -> str:
    """A span of the text, of the same length, with names blanked."""
    text = list(resolved.document.text[start:end])
    for mention in resolved.within(start, end):
        if mention.label in _MASKED:
            for position in range(mention.start - start, mention.end - start):
                text[position] = "#"
    return "".join(text)


def _inside_brackets(text: str, position: int) -> bool:
    before = text[:position]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")
