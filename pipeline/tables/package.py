"""The declaration as a Frictionless data package (Table Schema of every CSV file)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pipeline.schema import TABLES, Field, Table

Json = dict[str, object]

DIALECT: Json = {
    "header": True,
    "csv": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
}


def write_package(folder: Path) -> None:
    """Write datapackage.json for the CSV files that stand in `folder`.

    The Parquet files hold the same rows; they are no resources of their own, because plain
    `frictionless` cannot open them.
    """
    package: Json = {
        "name": "citypacts",
        "title": "City partnerships and cooperation projects taken from documents",
        "profile": "tabular-data-package",
        "resources": [_resource(table, folder) for table in TABLES],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def table_schema(table: Table) -> Json:
    """The Table Schema of one table."""
    return {
        "fields": [_field(field, field.name == table.key) for field in table.fields],
        "missingValues": [""],
        "primaryKey": [table.key],
        "foreignKeys": [
            {
                "fields": [key.column],
                "reference": {"resource": key.table, "fields": [key.target]},
            }
            for key in table.foreign_keys
        ],
    }


def _resource(table: Table, folder: Path) -> Json:
    path = folder / f"{table.name}.csv"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": table.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "description": f"One row is {table.row}.",
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": DIALECT,
        "schema": table_schema(table),
    }


def _field(field: Field, key: bool) -> Json:
    rules: Json = {}
    if field.required:
        rules["required"] = True
    if key:
        rules["unique"] = True
    if field.enum:
        rules["enum"] = list(field.enum)
    if field.pattern:
        rules["pattern"] = field.pattern
    if field.minimum is not None:
        rules["minimum"] = field.minimum
    if field.maximum is not None:
        rules["maximum"] = field.maximum
    described: Json = {"name": field.name, "type": field.type, "description": field.description}
    if field.type == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    return described | ({"constraints": rules} if rules else {})
