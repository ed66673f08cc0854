"""What goes out to a translator, and what comes back?"""
