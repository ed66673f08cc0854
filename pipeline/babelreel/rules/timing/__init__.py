"""Rules about time: durations, gaps, reading speed, shots and the voices of the film."""
