"""Rules on what people said of each line of a translation, and on what changed since."""
