"""Bytes to text, where nobody says in which encoding."""
