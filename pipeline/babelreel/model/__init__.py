"""Frozen values and nothing else: no file is opened and no program is started here."""
