"""`python -m pipeline` is `citypacts`."""

from pipeline.cli import app

app()
