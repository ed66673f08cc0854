"""Pictures of films, in pieces."""
