"""Cooperation projects of a document: proposed, measured, scored, decided.

::

    names      which mentions name one project, and how the text calls it later
    propose    for each project the lines that may speak of it, and how
    things     dates, places, states, amounts, strategies that may belong to it
    features   numbers of these; words: the words around them
    score      how sure it is what belongs to a project, and that it is one of two sides
    amounts    what an amount measures; amounts of trade, which belong to no project
    decide     the projects that are believed, with their values, as claims
"""
