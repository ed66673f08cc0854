"""The only place with subprocess, PyAV, ffmpeg-python and imageio-ffmpeg: finds, runs and distrusts ffmpeg."""
