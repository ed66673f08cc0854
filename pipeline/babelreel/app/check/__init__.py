"""The verb check: run the rules, fix, compare with a baseline."""
