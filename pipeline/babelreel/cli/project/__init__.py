"""The verbs about a project and this machine."""
