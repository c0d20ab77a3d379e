"""Typed blocks to text and lines: what a line says is found at its offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.assemble import Part, assemble

WORDS = st.text(max_size=20)


@given(st.lists(st.one_of(st.builds(Part, st.just("body"), WORDS), st.lists(WORDS, min_size=1))))
def test_lines_and_cells_stand_where_they_say(given_blocks: list[Part | list[str]]) -> None:
    parts = [p if isinstance(p, Part) else Part("row", cells=tuple(p)) for p in given_blocks]
    text, lines = assemble(parts)
    assert text.count("\n") == max(0, len(lines) - 1)
    kept = [p for p in parts if not p.cells or "".join(p.cells).strip()]
    assert len(kept) == len(lines)
    for part, line in zip(kept, lines, strict=True):
        assert text[line.start : line.end].split("\n") == [text[line.start : line.end]]
        told = [text[start:end] for start, end in line.cells]
        assert told == [" ".join(cell.split()) for cell in part.cells]


def test_an_empty_cell_is_a_span_of_no_length() -> None:
    text, lines = assemble([Part("row", cells=("Riga", "", "1990"), table=1)])
    assert text == "Riga |  | 1990"
    assert [text[a:b] for a, b in lines[0].cells] == ["Riga", "", "1990"]


def test_wide_gaps_stay_where_the_role_is_left_open() -> None:
    text, _ = assemble([Part("", "Riga     1990"), Part("body", "Riga     1990")])
    assert text == "Riga     1990\nRiga 1990"
