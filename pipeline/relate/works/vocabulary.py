"""The words of `vocab/projects.yaml`, compiled."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.vocabulary import read
from pipeline.wordlist import WordList, word_list

Group = dict[str, WordList]


@cache
def group(name: str) -> Group:
    """A named group of patterns, in the order of the file; a plain list is a group of one."""
    entries = _file()[name]
    if isinstance(entries, list):
        entries = {name: entries}
    return {str(key): word_list(patterns) for key, patterns in entries.items()}


@lru_cache(maxsize=8192)
def says(name: str, text: str) -> bool:
    """Whether a text matches a plain list of the vocabulary."""
    return bool(group(name)[name].search(text))


@lru_cache(maxsize=8192)
def refers(kind: str, text: str) -> bool:
    """Whether a text speaks of works without a name: `generic`, or of `everything` named."""
    return bool(group("references")[kind].search(text))


def matching(name: str, text: str) -> list[str]:
    """Keys of a group whose patterns a text matches, in the order of the file."""
    return [key for key, pattern in group(name).items() if pattern.search(text)]


@cache
def _file() -> dict[str, dict[str, list[str]] | list[str]]:
    loaded: dict[str, dict[str, list[str]] | list[str]] = read("pipeline.relate", "projects")
    return loaded
