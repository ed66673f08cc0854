"""Rules about recorded voices and finished sound."""
