"""The verb verify."""
