"""Markup: a tree of HTML elements to typed blocks. Web pages, Word files and books go through it.

::

    tree     the bytes of a page to a tree, within bounds
    prune    what is no text of the page: scripts, menus, what is hidden
    menus    menus that the markup does not tell from text
    words    the words of an element
    blocks   headings, paragraphs, items, notes, in order
    cards    parts built alike, a record each
    grid     the cells of a table, merged ones repeated
    tables   the rows of a table as blocks
    about    what a page says of itself: title, date, language
"""
