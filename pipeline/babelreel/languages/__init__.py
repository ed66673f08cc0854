"""What is known of each language: a file of its own, or a table in ``others.toml``, and the reader of both.

This is the only place that knows a language by its tag.
"""
