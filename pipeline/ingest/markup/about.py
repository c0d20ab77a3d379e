"""What a page says of itself: title, date, language. Only what is stated, nothing guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from pipeline import edtf as calendar

_DATE_NAMES = [
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "date",
    "pubdate",
    "publish_date",
    "publication_date",
]
_DAY = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: What parts the title of a page from the name of its site.
_SITE = re.compile(r"\s+[|·•»–—-]\s+|\s*\|\s*")
_ROWS = 1000


def title(root: HtmlElement) -> str:
    """What the page calls itself; empty where it does not."""
    shared = _metas(root).get("og:title", "")
    named = _text(root.find(".//title"))
    heading = _text(root.find(".//h1"))
    if shared:
        return shared
    # <title> adds the name of the site
    if heading and heading in _SITE.split(named):
        return heading
    return named or heading


def date(root: HtmlElement) -> str:
    """The day on which the page was published, in EDTF; empty where it does not say."""
    metas = _metas(root)
    stated = [metas[name] for name in _DATE_NAMES if metas.get(name)]
    stated += _linked(root)
    times = root.xpath(
        "//*[@itemprop='datePublished']/@datetime|//*[@itemprop='datePublished']/@content"
        "|//time[@pubdate]/@datetime"
    )
    alone = root.xpath("//time/@datetime")
    stated += times or (alone if len(set(alone)) == 1 else [])
    return next(filter(None, map(edtf, stated)), "")


def language(root: HtmlElement) -> str:
    """BCP 47 tag that the page declares; empty where it declares none."""
    said = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    said = said or root.get("xml:lang") or _metas(root).get("content-language", "")
    return tag(said)


def edtf(stated: str) -> str:
    """The day, month or year at the start of an ISO date, in EDTF; empty where there is none.

    Years from 1000 to 2999.
    """
    found = _DAY.match(stated)
    if not found or not 1000 <= int(found[1]) < 3000:
        return ""
    month, day = int(found[2] or 0), int(found[3] or 0)
    if found[2] and not 1 <= month <= 12:
        return ""
    return calendar.edtf(int(found[1]), month, day)


def written(created: str, modified: str) -> str:
    """The day on which an office file was made, in EDTF, by its time stamps.

    Empty where it was changed in another year: then it was made of an old file, or is one that was
    worked on since, and neither day is that of its text.
    """
    made, changed = edtf(created), edtf(modified)
    return made if made and (not changed or changed[:4] == made[:4]) else ""


def tag(stated: str) -> str:
    """A language tag as BCP 47 writes it; empty where it is none."""
    said = stated.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(said):
        return ""
    first, *rest = said.split("-")
    # the script and the region go without saying
    return "-".join([first.lower(), *(r.upper() if len(r) == 2 else r.title() for r in rest)])


def _metas(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.xpath("//meta[@content]")[:_ROWS]:
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv")
        name = name or meta.get("itemprop") or ""
        found.setdefault(name.strip().lower(), " ".join(meta.get("content").split()))
    return found


def _linked(root: HtmlElement) -> Iterator[str]:
    """`datePublished` of JSON-LD."""
    for script in root.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            read: Any = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = read.get("@graph", read) if isinstance(read, dict) else read
        for thing in graph if isinstance(graph, list) else [graph]:
            if isinstance(thing, dict) and isinstance(thing.get("datePublished"), str):
                yield thing["datePublished"]


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
