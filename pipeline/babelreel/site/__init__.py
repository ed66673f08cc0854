"""The pages of ``output/``: values in, bytes out; the only place with jinja2."""
