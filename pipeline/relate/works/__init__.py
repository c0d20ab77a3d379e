"""Works: cooperation projects and what a document says of each."""
