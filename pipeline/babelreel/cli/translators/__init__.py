"""The verbs for those who translate, review and approve."""
