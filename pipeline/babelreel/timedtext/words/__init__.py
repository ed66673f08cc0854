"""What a text says: words, paragraphs, telephone numbers, its language and writing system."""
