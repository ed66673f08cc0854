"""The verbs that look into subtitle files and repair them."""
