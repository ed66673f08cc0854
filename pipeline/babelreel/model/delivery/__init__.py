"""What is published, as values."""
