"""The command line: a thin shell over the stages. Heavy modules load inside the commands."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console

FINISHED, SOME_QUARANTINED, FAILED = 0, 1, 2
SOME_FAILED = SOME_QUARANTINED

app = typer.Typer(
    name="citypacts",
    help="Tables of city partnerships and cooperation projects, taken from documents.",
    epilog="Exit status: 0 all documents processed; 1 some were quarantined; 2 could not run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Tables = Annotated[
    Path, typer.Option("--tables", metavar="DIR", help="Folder with the tables of a run.")
]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        help="Files, or folders that are searched recursively; also s3://... [default: raw]",
        show_default=False,
    ),
]
Out = Annotated[
    str,
    typer.Option(metavar="DIR", help="Folder for the tables, made where missing; also s3://..."),
]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="Processor seconds that one document may take.", min=1),
]
MemoryLimit = Annotated[int, typer.Option(metavar="MB", help="What one document may take.", min=1)]
OcrMode = Annotated[
    Literal["auto", "always", "never"],
    typer.Option("--ocr", help="Recognise the text of pages: of scans, of all, of none."),
]
Dask = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="Dask scheduler whose workers read, instead of this machine.",
        show_default=False,
    ),
]
Document = Annotated[Path, typer.Argument(metavar="FILE", help="A document.")]


def _version(asked: bool) -> None:
    if asked:
        print(f"citypacts {version('citypacts')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Tables of city partnerships and cooperation projects, taken from documents."""


@app.command()
def run(
    inputs: Inputs = None,
    out: Out = "processed",
    time_limit: TimeLimit = 900,
    memory_limit: MemoryLimit = 2048,
    ocr: OcrMode = "auto",
    dask: Dask = "",
) -> None:
    """Turn documents into tables: CSV, Parquet and a data package.

    The tables in DIR are replaced as a whole; other files there stay.

    A file that cannot be read is quarantined: a line here, a row in documents.csv, and the other
    files are done.
    """
    with _failures():
        given = _documents(inputs)
        from flows.launch import launch
        from pipeline.batch.readers import Limits
        from pipeline.show import summary

        limits, screen = Limits(time_limit, memory_limit), Console(stderr=True)
        report = launch(given, _place(out), limits, ocr, dask, screen)
        for file in report.quarantined:
            print(f"quarantined: {file.path}: {file.reason}", file=sys.stderr)
        summary(report.documents, len(report.quarantined), report.rows, out)
    raise typer.Exit(SOME_QUARANTINED if report.quarantined else FINISHED)


@app.command()
def serve(
    inputs: Inputs = None,
    out: Out = "processed",
    cron: Annotated[
        str, typer.Option(metavar="CRON", help="When to run, like '0 6 * * *'.", show_default=False)
    ] = "",
    interval: Annotated[
        float,
        typer.Option(metavar="SECONDS", help="How often to run.", min=0, show_default=False),
    ] = 0,
    timezone: Annotated[
        str,
        typer.Option(metavar="ZONE", help="Of --cron. [default: this machine's]"),
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Run when documents come.")] = False,
    time_limit: TimeLimit = 900,
    memory_limit: MemoryLimit = 2048,
    ocr: OcrMode = "auto",
    dask: Dask = "",
) -> None:
    """Keep running: on a schedule, or when documents come or change.

    Serves Prefect's pages, with all runs, at http://127.0.0.1:4200.
    """
    if bool(cron) + bool(interval) + watch == 0 or (cron and interval):
        _fail("say when to run: --cron or --interval, with or without --watch, or --watch alone")
    with _failures():
        given = [_place(name) for name in _existing(inputs)]
        from flows.schedule import When
        from flows.schedule import serve as serve_flow
        from pipeline.batch.readers import Limits

        when, limits = When(cron, interval, timezone, watch), Limits(time_limit, memory_limit)
        try:
            serve_flow(given, _place(out), limits, ocr, dask, when, Console(stderr=True))
        except ValueError as error:
            _fail(str(error))


@app.command()
def extract(
    file: Document,
    ocr: OcrMode = "auto",
    json: Annotated[bool, typer.Option("--json", help="Print all rows as JSON.")] = False,
) -> None:
    """Print the rows of one document, without writing anything."""
    with _failures():
        _require_file(file)
        from pipeline.consolidate import consolidate
        from pipeline.extract import extract as extract_file
        from pipeline.ingest.format import Reading
        from pipeline.records import Rejected
        from pipeline.resources import load
        from pipeline.show import print_json, print_tables

        claims = extract_file(file, file.name, load(), Reading(ocr))
        if isinstance(claims, Rejected):
            _quarantined(claims.path, claims.reason)
        findings = consolidate([claims], [])
        (print_json if json else print_tables)(findings)


@app.command()
def text(file: Document, ocr: OcrMode = "auto") -> None:
    """Print the cleaned text of one document.

    The offsets in the tables, start and end, count its characters.
    """
    with _failures():
        _require_file(file)
        from pipeline.extract import read
        from pipeline.ingest.format import Reading
        from pipeline.records import Rejected

        document = read(file, file.name, Reading(ocr))
        if isinstance(document, Rejected):
            _quarantined(document.path, document.reason)
        published = document.published_text
        # as bytes: line ends stay as they are, whatever the terminal's encoding
        sys.stdout.buffer.write(published.encode("utf-8"))
        if not published.endswith("\n"):
            sys.stdout.buffer.write(b"\n")


@app.command()
def explain(
    asked: Annotated[
        str,
        typer.Argument(metavar="ID", help="A partnership_id, a project_id, or a name in them."),
    ],
    tables: Tables = Path("processed"),
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Tell where each value of a partnership or project comes from, and why it won.

    A name that several rows have lists them.
    """
    with _failures():
        from pipeline import explain as explaining
        from pipeline.explain.show import print_found, print_story

        read = explaining.tables(tables)
        found = explaining.find(read, asked)
        if not found:
            near = "; ".join(explaining.nearest(read, asked))
            _fail(f"no row {asked!r} in {tables}" + (f"; nearest: {near}" if near else ""))
        if len(found) > 1:
            rows = [{"table": f.table, "id": f.identifier, "name": f.name} for f in found]
            _print_json({"rows": rows}) if json else print_found(found)
            return
        told = explaining.story(read, found[0])
        _print_json(asdict(told)) if json else print_story(told)


@app.command()
def fetch(
    urls: Annotated[
        list[str],
        typer.Argument(metavar="URL...", help="Addresses of pages, PDFs and other documents."),
    ],
    to: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for the documents, made where missing.")
    ] = Path("raw"),
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Also from addresses of the own network."),
    ] = False,
) -> None:
    """Fetch documents from the web into DIR, for the next run.

    Where a document comes from, and when, is recorded in DIR and stands in documents.csv: address
    and retrieved. A page that has not changed is not stored again; one that has changed is a new
    file beside the old.

    Asks one at a time, keeps to robots.txt, follows 5 redirects, takes 50 MB at most. No links are
    followed: what is wanted is named.

    Exit status: 0 all fetched; 1 some not, with a line each; 2 could not run.
    """
    with _failures():
        from pipeline.fetch import fetch as fetch_all
        from pipeline.fetch.address import is_public

        failed = False
        allowed = (lambda _address: True) if allow_private else is_public
        for found in fetch_all(urls, to, allowed=allowed):
            failed = failed or not found.file
            if found.file:
                print(f"{'stored' if found.new else 'unchanged'}: {found.file}", flush=True)
            else:
                print(f"failed: {found.asked}: {found.reason}", file=sys.stderr)
    raise typer.Exit(SOME_FAILED if failed else FINISHED)


@app.command()
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help="A CSV file of partnerships or projects, or a folder: partnerships.csv and "
            "projects.csv, or NNN.json a document.",
        ),
    ],
    tables: Tables = Path("processed"),
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Compare the tables with tables made by hand: precision, recall, and every error."""
    with _failures():
        from pipeline.evaluate import evaluate as compare
        from pipeline.evaluate.show import print_scores

        scores = compare(gold, tables)
        _print_json([asdict(score) for score in scores]) if json else print_scores(scores)


@app.command()
def prepare() -> None:
    """Build the cache of place names now, not at the first run."""
    with _failures():
        from pipeline.gazetteer.build import ensure

        ensure()


def _require_file(file: Path) -> None:
    if not file.is_file():
        _fail(f"{file}: {'is a folder, not a file' if file.is_dir() else 'no such file'}")


def _existing(inputs: list[str] | None) -> list[str]:
    """The inputs; ends with status 2 where one on this machine is missing."""
    given = inputs or ["raw"]
    for name in given:
        if "://" not in name and not Path(name).exists():
            _fail(f"{name}: no such file or folder")
    return given


def _documents(inputs: list[str] | None) -> list[str]:
    """The inputs; ends with status 2 where there is nothing to process."""
    given = _existing(inputs)
    from pipeline.ingest import documents

    local = [Path(name) for name in given if "://" not in name]
    if len(local) == len(given) and not documents(local):
        _fail(f"no documents in {', '.join(given)}; put documents there")
    return given


def _place(name: str) -> str:
    """A path from the root; an URL as it is."""
    return name if "://" in name else str(Path(name).resolve())


def _print_json(value: object) -> None:
    from json import dumps

    print(dumps(value, ensure_ascii=False, indent=2))


def _quarantined(path: str, reason: str) -> NoReturn:
    print(f"quarantined: {path}: {reason}", file=sys.stderr)
    raise typer.Exit(SOME_QUARANTINED)


def _fail(message: str) -> NoReturn:
    print(f"citypacts: {message}", file=sys.stderr)
    raise typer.Exit(FAILED)


@contextmanager
def _failures() -> Iterator[None]:
    """One line on stderr and status 2 for whatever goes wrong; the traceback goes to a file."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except BrokenPipeError:
        # the reader of our output (head, less) has gone: nothing is wrong
        sys.stderr.close()
        raise typer.Exit(FINISHED) from None
    except OSError as error:
        named = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        _fail(named)
    except Exception as error:
        _fail(f"{type(error).__name__}: {error} (traceback: {_keep_traceback()})")


def _keep_traceback() -> Path:
    """Write the traceback to the cache folder; returns the path of the file."""
    import platformdirs

    path = platformdirs.user_cache_path("citypacts", ensure_exists=True) / "error.log"
    path.write_text(traceback.format_exc(), encoding="utf-8")
    return path
