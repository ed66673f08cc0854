"""Sizes in which films are made, with the settings of their encoders."""
