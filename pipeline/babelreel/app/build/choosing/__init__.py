"""What is made: languages, renditions, voices, pairs and logos, and why not the others."""
