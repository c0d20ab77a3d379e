"""Learned judgement of partnerships: which two places are partners, and what is said of it.

::

    reading      a document read once
    candidates   two places that a line may state to be partners
    features     numbers of a candidate (words: its words)
    datings      a candidate and a date of its line
    model        scores of words and boosted trees
    judge        the candidates that are believed, as evidence

What the rules of `pipeline.relate` find is among the features; the judge decides. Trained by
`python -m training.relations`.
"""
