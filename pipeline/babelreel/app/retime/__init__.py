"""Everything that has a time of the film in it moves together, when the film changes."""
