"""Training of the learned parts from `corpus/`; nothing here runs when documents are read."""
