"""What is in a media file, and is it what was planned?"""
