"""Measures of speed and memory, on documents that it makes itself: `make bench`."""
