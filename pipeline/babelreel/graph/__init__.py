"""Tasks, their keys, the plan and the store; nothing here knows what a film is."""
