"""Markup: a tree of HTML elements to typed blocks. Web pages, Word files and books go through it.

::

    tree     the bytes of a page to a tree, within bounds
    prune    what is no text of the page: scripts, menus, what is hidden
    blocks   headings, paragraphs, items, notes, in order
    grid     the cells of a table, merged ones repeated
    about    what a page says of itself: title, date, language
"""
