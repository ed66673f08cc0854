"""What is drawn into a picture at a place of its own, beside subtitles."""
