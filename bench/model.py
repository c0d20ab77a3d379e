"""What spaCy's model alone needs for the text that reaches it."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path
from threading import Barrier

from pipeline.batch.readers import ONE_THREAD


def alone(paths: list[Path]) -> float:
    """Seconds that all cores need for the model's share of the work, once it is loaded."""
    cores = os.cpu_count() or 1
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(cores + 1)
    processes = [
        context.Process(target=_read_by_model, args=(paths[core::cores], ready))
        for core in range(cores)
    ]
    for process in processes:
        process.start()
    ready.wait()
    begun = time.monotonic()
    for process in processes:
        process.join()
    return time.monotonic() - begun


def _read_by_model(paths: list[Path], ready: Barrier) -> None:
    # as the readers of a run: threads of two processes would only be in each other's way
    os.environ |= ONE_THREAD
    import spacy

    from pipeline.extract import read
    from pipeline.records import Document
    from pipeline.resources import MODEL

    english = spacy.load(MODEL)
    documents = [d for d in (read(path, path.name) for path in paths) if isinstance(d, Document)]
    texts = [
        [d.text[b.start : b.end] for b in d.blocks if b.kind not in ("furniture", "front")]
        for d in documents
    ]
    list(english.pipe(texts[0]))
    ready.wait()
    for blocks in texts:
        list(english.pipe(blocks))
