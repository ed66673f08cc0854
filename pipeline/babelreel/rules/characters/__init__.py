"""Rules about single characters: whether they can be drawn, are meant, and belong to the script of the language."""
