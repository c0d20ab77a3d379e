"""Tables: rows of `Findings` to CSV, Parquet and a Frictionless data package.

All of it follows from the declaration in `pipeline/schema.py`::

    rows       plain values in one form, in a fixed order
    check      the declaration as pandera schemas and foreign keys
    files      rows -> bytes of CSV and Parquet
    package    the declaration -> datapackage.json
    publish    a set of files in place of the last one, whole or not at all
    lock       one run at a time in an output folder
    write      these in order
    codebook   the declaration -> docs/codebook.md
"""
