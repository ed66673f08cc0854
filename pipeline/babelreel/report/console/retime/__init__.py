"""What is said of a film that was edited again, and of times that move."""
