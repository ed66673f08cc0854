"""How a call is understood: its verb is found and loaded, its help is shown, and a wrong call is told."""
