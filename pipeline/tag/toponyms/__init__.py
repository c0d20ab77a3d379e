"""Toponyms: every span that may name a place is a candidate; one learned score decides.

::

    candidates  spans of a document that may name a place, with who sees each as what
    features    numbers of a candidate; its words
    score       how likely each is a city, a region, a country or none, and the set that stands
"""
