"""What is wrong with a file of settings, in words that say what to write instead."""
