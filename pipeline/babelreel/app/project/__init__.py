"""A project: its folder, its film, its tools."""
