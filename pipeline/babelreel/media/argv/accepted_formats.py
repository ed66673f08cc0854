"""The containers and codecs that a film from strangers may have; nothing else is opened.

A film may be made to attack the program that reads it. Only containers and codecs that cameras, phones and editing
programs write are let in; playlists and scripts (which name other files) are not.
"""

from __future__ import annotations

#: Demuxers by libavformat's names. No hls, dash, concat, imf or image2: they read other files.
CONTAINERS: tuple[str, ...] = (
    *("mov,mp4,m4a,3gp,3g2,mj2", "mov", "mp4", "m4a", "3gp", "3g2", "mj2"),
    *("matroska,webm", "matroska", "webm"),
    *("avi", "mpegts", "mpeg", "mxf", "flv", "asf", "ogg"),
)

#: Demuxers of recorded sounds: what phones and recorders write, also under another ending than its own.
SOUND_CONTAINERS: tuple[str, ...] = ("wav", "w64", "flac", "mp3", "aac", "aiff", "amr", "caf", *CONTAINERS)

PICTURE_DECODERS: tuple[str, ...] = (
    *("h264", "hevc", "av1", "libdav1d", "libaom-av1", "vp8", "vp9", "libvpx", "libvpx-vp9"),
    *("mpeg1video", "mpeg2video", "mpeg4", "h263", "msmpeg4v2", "msmpeg4", "theora", "vc1", "wmv1", "wmv2", "wmv3"),
    *(
        "mjpeg",
        "prores",
        "dnxhd",
        "cfhd",
        "ffv1",
        "huffyuv",
        "ffvhuff",
        "utvideo",
        "qtrle",
        "png",
        "rawvideo",
        "dvvideo",
    ),
)

SOUND_DECODERS: tuple[str, ...] = (
    *("aac", "aac_fixed", "aac_latm", "mp1", "mp1float", "mp2", "mp2float", "mp3", "mp3float"),
    *("ac3", "ac3_fixed", "eac3", "dca", "opus", "libopus", "vorbis", "libvorbis", "flac", "alac", "wavpack"),
    *("wmav1", "wmav2", "amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "adpcm_ms", "adpcm_ima_wav"),
    *("pcm_s8", "pcm_u8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be"),
    *("pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be", "pcm_alaw", "pcm_mulaw", "pcm_bluray", "pcm_dvd"),
)

#: Text is only counted, never decoded; the names are here so that opening a film with subtitles logs no error.
TEXT_DECODERS: tuple[str, ...] = ("mov_text", "subrip", "srt", "webvtt", "ass", "ssa", "dvbsub", "dvdsub", "pgssub")

#: Pixels of a decoded frame: 8K (7680 x 4320) and some. More is an attack on the memory.
MAX_PIXELS = 8192 * 4608

#: Options of libavformat that PyAV and ffmpeg both understand.
OPEN_OPTIONS: tuple[tuple[str, str], ...] = (
    ("protocol_whitelist", "file"),  # a film reads nothing but itself
    ("format_whitelist", ",".join(CONTAINERS)),  # stops a playlist dressed as .mp4, which the protocols do not
    ("codec_whitelist", ",".join((*PICTURE_DECODERS, *SOUND_DECODERS, *TEXT_DECODERS))),
    ("max_pixels", str(MAX_PIXELS)),
)

#: The same for recorded sounds.
SOUND_OPEN_OPTIONS: tuple[tuple[str, str], ...] = (
    ("protocol_whitelist", "file"),
    ("format_whitelist", ",".join(SOUND_CONTAINERS)),
    # pictures: covers of songs; opening a file with one would else log an error
    ("codec_whitelist", ",".join((*SOUND_DECODERS, *PICTURE_DECODERS))),
)
