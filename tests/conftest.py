"""Shared by the tests that run the whole: a home of their own, one Prefect server for all."""

from __future__ import annotations

import os
from collections.abc import Iterator

import platformdirs
import pytest
from hypothesis import settings

from bench.server import serving

# how long an example takes is the machine's affair
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment of a user who has never run citypacts, but has its gazetteer."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    cache = tmp_path_factory.mktemp("cache")
    (cache / "citypacts").mkdir()
    for path in platformdirs.user_cache_path("citypacts").glob("gazetteer-*.sqlite"):
        (cache / "citypacts" / path.name).symlink_to(path)
    return kept | {"XDG_CACHE_HOME": str(cache)}


@pytest.fixture(scope="session")
def environment(
    alone: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The same with a Prefect server that runs already, as a team may have one."""
    own = alone | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}
    with serving(own) as api:
        yield own | {"PREFECT_API_URL": api}
