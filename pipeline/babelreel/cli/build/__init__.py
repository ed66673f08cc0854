"""The verbs that make something of films."""
