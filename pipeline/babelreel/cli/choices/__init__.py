"""What several verbs let people choose."""
