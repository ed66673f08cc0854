"""Rules about lines: where they break, and how wide they are."""
