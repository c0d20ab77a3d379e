"""The code book: what every column holds, made from the declaration.

`python -m pipeline.tables.codebook docs/codebook.md` writes it (`make docs`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.schema import CHOICE, EDTF, TABLES, Field, Table

HEAD = """\
# Code book

Made from `pipeline/schema.py` by `make docs`; edit that file, not this one.

Every table is written as `NAME.csv` (UTF-8, RFC 4180, missing values empty) and `NAME.parquet`,
with the same rows in the same order. `datapackage.json` states these rules for machines. Dates are
EDTF level 1: `2017`, `2019-11`, `2023-12-01`, `2015/2020`, `2021~`. Offsets count Unicode
characters, from 0, in the text that `citypacts text FILE` prints.
"""


def codebook() -> str:
    """The code book as Markdown."""
    contents = "\n".join(f"- [{table.name}](#{table.name}): {table.row}" for table in TABLES)
    return "\n".join([HEAD, contents, *map(_section, TABLES), _choice()])


def _choice() -> str:
    rules = "\n".join(f"{number}. {rule}" for number, rule in enumerate(CHOICE, 1))
    return (
        "\n## How a row takes its values\n\nAll statements stay in `statements`. Where they "
        "differ, a row of `partnerships` or `projects` takes the best supported value, by the "
        f"first rule that tells two values apart:\n\n{rules}\n\n"
        "`citypacts explain ID` shows which one did.\n"
    )


def _section(table: Table) -> str:
    lines = [
        f"\n## {table.name}",
        f"\nOne row is {table.row}. Key: `{table.key}`. "
        f"Sorted by {', '.join(f'`{column}`' for column in table.order)}.",
        "\n| column | type | must be there | values | meaning |",
        "|---|---|---|---|---|",
        *(_line(table, field) for field in table.fields),
    ]
    return "\n".join(lines) + "\n"


def _line(table: Table, field: Field) -> str:
    must = "yes" if field.required else ""
    cells = (f"`{field.name}`", field.type, must, _values(table, field), field.description)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _values(table: Table, field: Field) -> str:
    """The rule for the values of a column, in words."""
    if field.enum:
        return ", ".join(f"`{value}`" for value in field.enum)
    for key in table.foreign_keys:
        if key.column == field.name:
            return f"[{key.table}](#{key.table}).`{key.target}`"
    if field.pattern:
        return "EDTF" if field.pattern == EDTF else f"`{field.pattern}`"
    if field.minimum is not None and field.maximum is not None:
        return f"{field.minimum:g} to {field.maximum:g}"
    return f"from {field.minimum:g}" if field.minimum is not None else ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(codebook(), encoding="utf-8")
