"""A film: what it is, its cells, its sizes."""
