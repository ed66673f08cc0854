"""Several films under one page."""
