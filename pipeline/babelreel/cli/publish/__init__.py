"""The verbs about what is published."""
