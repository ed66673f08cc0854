"""How long a text takes to say, and the script for people who record it."""
