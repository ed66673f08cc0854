"""The verbs about recorded voices."""
