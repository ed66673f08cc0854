"""How one version of a film became another, and what stays or moves with it."""
