"""Partnerships of places: proposed from every line, scored, decided.

::

    propose    pairs of places that a line may state to be partners
    features   numbers of a candidate; words: its words
    score      how sure each line is, and each pair by all its lines
    dates      the dates of a candidate's lines, which may be its start or end
    decide     the pairs that are believed, with kind, status and dates, as claims
"""
