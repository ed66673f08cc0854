"""Films as they are published: which there are, and what each carries."""
