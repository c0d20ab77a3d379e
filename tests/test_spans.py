"""Characters that are taken, against a plain comparison of spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.spans import take, taken, touches

SPAN = st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPAN), SPAN, SPAN)
def test_a_span_touches_what_one_of_the_taken_ones_has(
    spans: list[tuple[int, int]], more: tuple[int, int], asked: tuple[int, int]
) -> None:
    known = taken(50, spans)
    take(known, *more)

    assert touches(known, *asked) == any(a < asked[1] and asked[0] < b for a, b in [*spans, more])
    assert len(known) == 50
