"""What is in a sound: whether it decodes, when somebody speaks, how loud the voice is, what is wrong with it."""
