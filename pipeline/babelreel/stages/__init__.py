"""Project in, tasks out: every stage is a pure function from values to tasks."""
