"""What is printed: leaflets and proof sheets."""
