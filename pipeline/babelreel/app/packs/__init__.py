"""Packs: the files, names and texts that one messenger or platform takes, made of what is published."""
