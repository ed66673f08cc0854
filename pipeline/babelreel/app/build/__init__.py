"""The verbs plan and build."""
