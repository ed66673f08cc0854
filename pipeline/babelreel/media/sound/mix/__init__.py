"""Voices over what lies under them: cut, fitted, balanced, added up and written."""
