"""How long a text takes to say, and the script for whoever records it."""
