"""The verbs that move times."""
