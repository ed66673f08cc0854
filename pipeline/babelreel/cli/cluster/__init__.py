"""The verbs about machines that share work and a store."""
