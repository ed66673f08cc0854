"""Values in, text out: what the command line prints, for people and for programs."""
