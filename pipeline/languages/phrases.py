"""The notation of phrases in language packs, as regular expressions.

=============  ==========================================================================
``sister city``   words in this order; white space or a hyphen between them
``city|town``     one of these words; ``(in effect|valid)`` one of these phrases
``[the]``         may be missing; ``[the|its]`` likewise
``twinn*``        any ending, or none
``…``             up to four words of any kind (in Chinese and Japanese six characters)
``#``             a name; what stands in a text for names that were masked
``0``             a number in figures
``^ … $``         at the very beginning, at the very end of the text
``=May``          the word in exactly these letters; case is ignored otherwise
=============  ==========================================================================

>>> import re
>>> bool(re.search(pattern("sister city|cities [of] #"), "a Sister-City of ####", re.I))
True
>>> bool(re.search(pattern("结为…城市"), "两市结为国际友好城市", re.I))
True
"""

from __future__ import annotations

import re

_PART = re.compile(r"\(([^()\[\]]+)\)|\[([^()\[\]]+)\]|([^\s()\[\]]+)|\s+")
_HAN_PART = re.compile(r"\(([^()\[\]\s]+)\)|\[([^()\[\]\s]+)\]|([^()\[\]])")
_HAS_NO_BREAKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]")
_GAP, _GAP_HAN = r"(?:[^\s.;:!?]+\s+){0,4}?", r"[^。；！？\s]{0,6}?"
_JOINT = r"[\s\-‐‑]+"
_APOSTROPHES, _ANY_APOSTROPHE = re.compile("['’ʼ]"), "['’ʼ]"


def pattern(phrase: str) -> str:
    """The regular expression, to be read without case, of a phrase.

    Raises `ValueError` for one without words, or with brackets that do not close.
    """
    starts, ends = phrase.startswith("^"), phrase.endswith("$")
    body = phrase[starts : len(phrase) - ends].strip()
    unbroken = _HAS_NO_BREAKS.search(body) is not None
    found = _unbroken(body) if unbroken else _words(body)
    left = "" if unbroken or body[0] in "#…" else r"(?<!\w)"
    return (r"^\W*" if starts else left) + found + (r"\W*$" if ends else "")


def _parts(body: str, part: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """Groups, what may be missing, and words, one of them each."""
    found, at = [], 0
    while at < len(body):
        match = part.match(body, at)
        if match is None:
            raise ValueError(f"brackets that do not close in {body!r}")
        found.append((match[1] or "", match[2] or "", match[3] or ""))
        at = match.end()
    told = [p for p in found if any(p)]
    if not any(group or (word and word != "…") for group, _, word in told):
        raise ValueError(f"a phrase without words: {body!r}")
    return told


def _words(body: str) -> str:
    found, joint = "", ""
    for group, optional, word in _parts(body, _PART):
        if optional:
            some = _one_of(optional)
            # behind a word the space belongs to what may be missing, else the space behind it
            found += f"(?:{_JOINT}{some})?" if joint else f"(?:{some}{_JOINT})?"
        elif word == "…":
            found, joint = found + joint + _GAP, ""
        else:
            found, joint = found + joint + _one_of(group or word), _JOINT
    return found


def _unbroken(body: str) -> str:
    """Of a script without spaces."""
    found = ""
    for group, optional, letter in _parts(body, _HAN_PART):
        if letter in ("…", "#", "0"):
            found += {"…": _GAP_HAN, "#": "#+", "0": r"\d+"}[letter]
        else:
            some = "|".join(map(re.escape, (group or optional or letter).split("|")))
            found += f"(?:{some})" + ("?" if optional else "")
    return found


def _one_of(words: str) -> str:
    """``a|b c``: words or phrases to choose from."""
    found = [_JOINT.join(map(_word, some.split())) for some in words.split("|")]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _word(word: str) -> str:
    if word == "#":
        return "#+"
    if word == "0":
        return r"\d+"
    exact, open_end = word.startswith("="), word.endswith("*")
    plain = word[exact : len(word) - open_end]
    letters = _APOSTROPHES.sub(_ANY_APOSTROPHE, re.escape(plain).replace(r"\-", "[-‐‑]"))
    letters = letters.replace("ё", "[её]").replace("Ё", "[ЕЁ]")
    return (f"(?-i:{letters})" if exact else letters) + (r"\w*" if open_end else r"(?!\w)")
