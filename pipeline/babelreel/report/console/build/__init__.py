"""What is said of a build: its plan, its progress, what came of it."""
