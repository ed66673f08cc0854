"""How do all times of a subtitle file move, while every other byte of it stays?"""
