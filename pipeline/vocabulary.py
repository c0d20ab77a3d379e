"""Vocabulary files: the YAML beside the module that uses it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

#: libyaml reads ten times as fast as Python; not every machine has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read(package: str, name: str) -> Any:
    """Contents of `vocab/NAME.yaml` in a package, read once."""
    source = resources.files(package).joinpath(f"vocab/{name}.yaml")
    return yaml.load(source.read_text("utf-8"), Loader=_LOADER)
