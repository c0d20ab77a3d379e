"""The gazetteer's own vocabulary: YAML files under `data/`, each read once."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Any

import yaml

_CODE = (
    "build",
    "cities",
    "counties",
    "countries",
    "divisions",
    "forms",
    "names",
    "regions",
    "rows",
)
_DATA = ("abbreviations", "areas", "cities", "countries", "districts", "region_types", "regions")


@cache
def vocabulary(name: str) -> Any:
    """Contents of `data/NAME.yaml`."""
    return yaml.load(
        _text(f"data/{name}.yaml"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )


def stamp() -> str:
    """Hash of the data and of the code that compiles it, so that a change makes a new gazetteer."""
    digest = hashlib.sha256()
    for path in (*(f"{name}.py" for name in _CODE), *(f"data/{name}.yaml" for name in _DATA)):
        digest.update(_text(path).encode())
    return digest.hexdigest()


def _text(path: str) -> str:
    return resources.files("pipeline.gazetteer").joinpath(path).read_text("utf-8")
