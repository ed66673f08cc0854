"""One version of a film is laid beside another, by what both look and sound like."""
