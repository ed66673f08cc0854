"""What a translator does with the lines of a language beside the film: see, repair, ask the rules, approve."""
