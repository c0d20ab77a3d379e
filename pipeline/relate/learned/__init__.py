"""Learned judgement of partnerships: which two places are partners, and what is said of it.

::

    hubs         the places that a document speaks for
    reading      a document read once
    candidates   two places that a line may state to be partners
    features     numbers of a candidate (words: its words)
    bonds        what all lines together make of two places
    datings      a candidate and a date of its line
    judge        the pairs that are believed, as evidence

What the rules of `pipeline.relate` find is among the features; the judge decides. The models are
those of `pipeline.relate.model`; `python -m training.relations` trains them.
"""
