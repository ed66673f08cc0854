"""Rules about what is written: letters, spaces, marks, markup, language."""
