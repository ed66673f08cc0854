"""ASS and SSA: sections and lines, what an event says, where it stands, and what of it is seen."""
