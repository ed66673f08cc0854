"""What is said of subtitle files."""
