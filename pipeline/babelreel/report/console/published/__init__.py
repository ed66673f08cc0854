"""What is said of what is published."""
