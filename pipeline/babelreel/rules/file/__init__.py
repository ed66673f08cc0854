"""Rules about the file itself: bytes, form, exceptions."""
