"""Which places of a sentence may be a party: not where it lies, not who only hosts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.records import Mention, Resolved
from pipeline.relate.cues import says

_PLACES = ("CITY", "REGION", "COUNTRY")
_WHERE = (
    r"(?:(?:the|far|near|heart|north|south|east|west|north\w*|south\w*|east\w*|west\w*|central|"
    r"upper|lower|centre|center|middle|hills?|coast|coffee|island|interior|province|state|region|"
    r"department|county|district|republic|[A-Z][a-z]+(?:an|ish|ese|ian|ch)|people|s|shore|banks?|"
    r"провинци\w+|област\w+|регион\w*|штат\w*|префектур\w+|уезд\w*|район\w*|республик\w+|кра[йя]|"
    r"округ\w*|provincia|província|région|département|estado|land|województwo|kraj|"
    r"border|mountains?|valley|part|side|corner|tip|edge|wine|lake|sea|black|of|in|on|and the)"
    r"[\s-]+){0,8}"
)
#: What stands between a place and the larger one around it.
_LIES_IN = re.compile(rf"^\s*(?:[,(（，]|,? ?\(?(?:in|of|on|from)\b)\s*{_WHERE}$", re.I)
_OF = re.compile(r"^ of (?:[\w'’-]+ ){0,3}$")
_PART_OF = re.compile(
    r"^,? (?:(?:a|an|the|its) )?(?:[\w-]+ ){0,4}?"
    r"(?:suburbs?|districts?|part|port|quarter|borough|outside|near|seat|capital|edge|outskirts|end|"
    r"foot|shores?)\b ?(?:[\w-]+ ){0,2}?(?:of|in|near|to)? ?(?:the )?$",
    re.I,
)
#: "Japan's second city X", "日本X", "X县的Y镇".
_OWNS = re.compile(r"^(?:['’]s? (?:[\w-]+ ){0,5}|的|)$")
_HAN = re.compile(r"[\u4e00-\u9fff]$")
_DATELINE = re.compile(r"[^;:]{0,60}?(?:\s[—–-]{1,2}\s|讯|\d: )")
_NAMED_PARTNER = re.compile(
    r"^[^.;]{0,45}?, (?:(?:a|an|the|its|our|their|another) (?:\w+ ){0,2}?"
    r"(?:sister|twin|partner|friendship)|(?:the )?(?:\w+ )?(?:to|with) which|which|"
    r"(?:tied|linked|twinned|paired|joined|bound) (?:to|with|by))\b",
    re.I,
)
#: "His colleague from X" speaks for X.
_COUNTERPART = re.compile(
    r"\b(?:counterparts?|colleagues?|коллег\w*) (?:from|in|of|из) (?:the )?$", re.I
)
#: Offices that act for a place: "Kyoto City Council", "мэрия Пскова", "上海市政府".
_OFFICE = re.compile(
    r"council|city hall|municipal|government|town hall|administration|assembly|mayor|corporation|"
    r"мэри|администрац|акимат|хокимият|правительств|горсовет|дума|政府|议会|外办|外事|"
    r"stadtverwaltung|stadtrat|mairie|conseil municipal|ayuntamiento|c[aâ]mara municipal|comune",
    re.I,
)


#: "The capital of X" means a town in X, "X的首府" as well.
_CAPITAL_OF = re.compile(
    r"\b(?:capital|seat|cent(?:re|er)|столиц\w+|центр\w*|capitale|hauptstadt|stolica)"
    r"(?: city| town)?(?: of| de| du| der| des)?(?: the)?\s*$",
    re.I,
)
_HAS_CAPITAL = re.compile(r"^(?:的|['’]s )?(?:首府|省会|首都|capital\b)")


@dataclass(frozen=True, slots=True)
class Side:
    """A place that a sentence names, with the larger places that say where it is.

    closed: its country is named, so that a country that follows is another.
    host: it stands where something only happens ("in X", "at X", "from X", a dateline).
    """

    mention: Mention
    start: int
    end: int
    host: bool
    closed: bool = False

    @property
    def place_id(self) -> str:
        return self.mention.place_id

    @property
    def is_country(self) -> bool:
        return self.mention.label == "COUNTRY"


def sides(resolved: Resolved, start: int, end: int) -> list[Side]:
    """Places of a span in order, larger places folded into those that lie in them."""
    text = resolved.document.text
    places = [
        m
        for m in resolved.within(start, end)
        if m.label in _PLACES and m.place_id and not means_capital(text, m)
    ]
    found: list[Side] = []
    first: int | None = None
    for index, mention in enumerate(places):
        follower = places[index + 1] if index + 1 < len(places) else None
        if follower and _owns(text, mention, follower):
            first = mention.start if first is None else first
            continue
        begin, first = (mention.start if first is None else first), None
        if found and _around(text, found[-1], mention):
            closed = mention.label == "COUNTRY"
            found[-1] = replace(found[-1], end=mention.end, closed=closed)
            continue
        if inside_name(text, mention, start):
            continue
        found.append(Side(mention, begin, mention.end, _hosts(text, mention, begin, start)))
    offices = _offices(resolved, start, end)
    return sorted([*found, *offices], key=lambda s: s.start) if offices else found


def means_capital(text: str, mention: Mention) -> bool:
    """Whether a region or country is named for its capital: "the capital of Sarawak"."""
    before = text[max(0, mention.start - 40) : mention.start]
    behind = text[mention.end : mention.end + 12]
    named = _CAPITAL_OF.search(before) or _HAS_CAPITAL.match(behind)
    return mention.label != "CITY" and named is not None


def _offices(resolved: Resolved, start: int, end: int) -> list[Side]:
    """Councils and governments, each for the place in its name that the document names itself."""
    text = resolved.document.text
    found = []
    for org in resolved.within(start, end):
        name = text[org.start : org.end]
        if org.label != "ORG" or not _OFFICE.search(name):
            continue
        places = [
            m
            for m in resolved.mentions
            if m.label in ("CITY", "REGION") and m.place_id and text[m.start : m.end] in name
        ]
        if places:
            best = max(places, key=lambda m: (m.end - m.start, -m.start))
            found.append(Side(best, org.start, org.end, False))
    return found


def _around(text: str, inner: Side, outer: Mention) -> bool:
    between = text[inner.end : outer.start]
    if inner.closed or len(between) > 70 or outer.place_id == inner.place_id:
        return False
    if _PART_OF.match(between) and not inner.is_country:
        return True
    if inner.mention.label == "REGION" and _OF.match(between):
        return True
    if outer.label == "CITY" or inner.is_country:
        return False
    if outer.label == "REGION" and inner.mention.label == "REGION" and "," in between:
        return between.strip() == "," and text[outer.end : outer.end + 1] in ",.)"
    return bool(_LIES_IN.match(between))


def _owns(text: str, outer: Mention, inner: Mention) -> bool:
    """A place in front of the one that lies in it."""
    between = text[outer.end : inner.start]
    if not _OWNS.match(between):
        return False
    if between.startswith(("'", "’")):
        return outer.label != "CITY"
    return bool(_HAN.search(text[outer.start : outer.end]))


def inside_name(text: str, mention: Mention, start: int) -> bool:
    """ "University of X", "X Museum": no place but an organisation."""
    before, after = text[max(start, mention.start - 40) : mention.start], text[mention.end :][:24]
    return says("orgs_before", before) or says("orgs_after", after)


def _hosts(text: str, mention: Mention, begin: int, start: int) -> bool:
    before = text[max(start, begin - 40) : begin]
    after = text[mention.end : mention.end + 90]
    if len(before.strip()) < 4 and text[mention.start : mention.end].isupper():
        return bool(_DATELINE.match(after))
    if _COUNTERPART.search(before) or _NAMED_PARTNER.match(after):
        return False
    return says("hosts", before)
