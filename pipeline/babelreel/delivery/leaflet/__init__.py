"""The leaflet: the film's text on a folded sheet of paper, one for each language."""
