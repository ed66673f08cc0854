"""Values of what goes out to a translator, and of what comes back."""
