"""What people said of each line of a translation."""
