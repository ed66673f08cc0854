"""Other programs: found, examined and run."""
