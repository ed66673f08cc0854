"""Track in, findings out: one file per rule family, every rule a pure function."""
