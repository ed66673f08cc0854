"""What several rule families are built on; knows no rule."""
