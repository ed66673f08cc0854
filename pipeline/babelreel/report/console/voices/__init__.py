"""What is said of recorded voices."""
