"""The pages of ``output/``: values in, bytes out."""
