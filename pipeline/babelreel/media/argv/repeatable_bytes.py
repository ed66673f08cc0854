"""Options of ffmpeg that make the same bytes of the same input, with nothing in them but what was planned."""

from __future__ import annotations

from babelreel.media.argv.command_line import Option

#: No date and no name of an encoder.
BIT_EXACT: tuple[Option, ...] = (("fflags", "+bitexact"), ("flags", "+bitexact"))
#: And nothing of what the film's maker wrote into it.
BARE: tuple[Option, ...] = (("map_metadata", -1), ("map_chapters", -1), *BIT_EXACT)
#: Picture and sound without time codes and other data besides.
BARE_STREAMS: tuple[Option, ...] = (("dn", None), *BARE)
BARE_MP4: tuple[Option, ...] = (("f", "mp4"), *BARE_STREAMS)
#: Decoders, resamplers and encoders would round otherwise on other processors. It holds for the whole call.
ANY_PROCESSOR: Option = ("cpuflags", 0)

#: Samples one after another, little-endian, without a head: 32-bit floats, and whole numbers of 16 bits.
BARE_FLOATS: tuple[Option, ...] = (("c:a", "pcm_f32le"), ("f", "f32le"))
BARE_WHOLE_NUMBERS: tuple[Option, ...] = (("c:a", "pcm_s16le"), ("f", "s16le"))
