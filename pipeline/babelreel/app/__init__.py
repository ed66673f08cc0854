"""The use cases: all that the command line may call."""
