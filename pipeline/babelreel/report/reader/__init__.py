"""What a person reads at the terminal, in the language of that person."""
