"""The gazetteer's own vocabulary: YAML files under `data/`, each read once."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Any

import yaml

_FILES = ("abbreviations", "cities", "countries", "districts", "region_types", "regions")


@cache
def vocabulary(name: str) -> Any:
    """Contents of `data/NAME.yaml`."""
    return yaml.load(_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def stamp() -> str:
    """Hash of all data files, so that a change of any makes a new gazetteer."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update(_text(name).encode())
    return digest.hexdigest()


def _text(name: str) -> str:
    return resources.files("pipeline.gazetteer").joinpath(f"data/{name}.yaml").read_text("utf-8")
