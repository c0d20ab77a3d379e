"""Learned readings of what a document says of its projects.

::

    reading    where a document speaks of which project: sentences, names, parts
    words      the words around a place of the text, names blanked
    links      how near a mention stands to a project: numbers
    datings    what a date is to a project: its start, its end, an end hoped for
    joins      whether a place, strategy or amount belongs to a project
    states     the status of a project
    decided    what the models decide of a project, as statements

The models are those of `pipeline.model`; `python -m training.works` trains them.
"""
