"""What a studio shows of the film beside its lines: a light film, its sound, shots and speech."""
