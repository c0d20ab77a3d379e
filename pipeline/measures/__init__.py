"""Quantities as texts write them: numerals, magnitudes, currencies, units, counted nouns.

Below all stages, as the gazetteer is: `tag` takes the spans of its readings, `resolve` the values.
"""
