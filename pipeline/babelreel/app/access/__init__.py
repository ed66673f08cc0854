"""What makes a film accessible beside its subtitles: found, checked, and made ready for the build."""
