"""The tables of a run, made of the results of its documents, wherever they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.batch import kept, past
from pipeline.batch.chunk import File, Outcome
from pipeline.batch.finish import Made, Order, finish
from pipeline.batch.version import version
from pipeline.records import Rejected
from pipeline.tables import lock, remote


@dataclass(frozen=True, slots=True)
class Place:
    """Where tables go. out: a folder or an URL. folder: where they are made, which is `out` itself
    if that is a folder. held: the descriptor with the lock on `folder`.
    """

    out: str
    folder: Path
    held: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: documents seen, those set aside with the reason, rows by table."""

    documents: int
    quarantined: tuple[Rejected, ...]
    rows: dict[str, int]


@contextmanager
def holding(out: str) -> Iterator[Place]:
    """Hold `out` until the block ends. Raises `HeldError` where another run has it, `OSError`."""
    if not remote.is_url(out):
        with lock.hold(Path(out)) as held:
            yield Place(str(Path(out).resolve()), Path(out), held)
        return
    folder = remote.working(out)
    with lock.hold(folder) as held, remote.hold(out):
        yield Place(out, folder, held)


def make(outcomes: Sequence[Outcome], place: Place, last: past.Past) -> Made:
    """Make the tables, unless they are there already, made of the same results.

    Raises what `pipeline.tables.write.write` raises, and `OSError` from the network.
    """
    keys = [_key(found) for found in outcomes if found.key]
    rejected = [_with_origin(found.rejected, found.file) for found in outcomes if found.rejected]
    made_of = past.made_of(keys, rejected)
    if last.made == made_of and last.files and last.files == _written(place):
        made = Made(last.rows, tuple(Rejected(**r) for r in last.quarantined))
    else:
        made = _remade(Order(place.folder, kept.folder(), keys, rejected), place)
    seen = {o.file.source: (o.file.state, o.key) for o in outcomes if o.key}
    quarantined = [asdict(r) for r in made.quarantined]
    files = _written(place)
    now = past.Past(version(), last.ocr, seen, made_of, files, made.rows, quarantined)
    past.save(place.out, now)
    kept.prune()
    return made


def standing(outcomes: Sequence[Outcome | None], place: Place, last: past.Past) -> Report | None:
    """What a run would report that would change nothing; None where it may change something.

    outcomes: of all documents, None for those that are to be read. Nothing changes where there are
    none of these, and the tables are as the last run made them.
    """
    keys = [_key(found) for found in outcomes if found]
    if not keys or len(keys) < len(outcomes) or last.made != past.made_of(keys, []):
        return None
    if not last.files or last.files != _written(place):
        return None
    kept.prune()
    return Report(len(keys), (), last.rows)


def _key(found: Outcome) -> tuple[str, str, str, str]:
    origin = found.file.origin
    # a file that was changed after it was fetched does not come from there
    if origin and found.key.startswith(origin.sha256):
        return found.file.name, found.key, origin.url, origin.retrieved
    return found.file.name, found.key, "", ""


def _with_origin(rejected: Rejected, file: File) -> Rejected:
    origin = file.origin
    if origin and origin.sha256.startswith(rejected.document_id):
        return replace(rejected, address=origin.url, retrieved=origin.retrieved)
    return rejected


def _remade(order: Order, place: Place) -> Made:
    if not remote.is_url(place.out):
        return finish(order, place.held)
    remote.fetch(place.out, place.folder)
    made = finish(order, place.held)
    remote.upload(place.out, place.folder)
    return made


def _written(place: Place) -> dict[str, str]:
    return remote.state(place.out) if remote.is_url(place.out) else past.written(place.folder)
