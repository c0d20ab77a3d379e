"""Gazetteer: cities, regions and countries of the world, compiled once into one SQLite file.

Below all stages: `tag` asks which names exist, `resolve` asks which place a name means.
"""
