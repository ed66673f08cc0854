"""One module for each subtitle format, reader and writer together."""
