"""Groups ``takes`` and ``films``: damaged sounds and films, looked at, and now and then listened to or built."""

from __future__ import annotations

import random
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

from fuzzing.bounded import Check
from fuzzing.mutators import damage_bytes
from fuzzing.projects import use_temporary_folder
from fuzzing.promises import call, refuse_control, watched

_SOUNDS = {
    "a.wav": ("pcm_s16le",),
    "b.wav": ("pcm_s24le",),
    "c.wav": ("pcm_f32le",),
    "a.aiff": ("pcm_s16be",),
    "a.flac": ("flac",),
    "a.ogg": ("libvorbis",),
    "a.opus": ("libopus",),
    "a.mp3": ("libmp3lame",),
    "a.m4a": ("aac",),
    "b.m4a": ("alac",),
    "a.wv": ("wavpack",),
}
_FILMS = {
    "a.mp4": (),
    "b.mp4": ("-movflags", "frag_keyframe+empty_moov"),
    "a.mov": ("-c:v", "mpeg4"),
    "a.mkv": (),
    "a.ts": (),
    "a.webm": ("-c:v", "libvpx", "-c:a", "libopus"),
    "a.avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "a.mpg": ("-c:v", "mpeg2video", "-c:a", "mp2"),
}
_BOXES = (
    *(
        b"ftyp",
        b"moov",
        b"mvhd",
        b"trak",
        b"tkhd",
        b"mdia",
        b"mdhd",
        b"stsd",
        b"stts",
        b"ctts",
        b"stsz",
        b"stco",
        b"co64",
        b"elst",
    ),
    *(
        b"edts",
        b"udta",
        b"meta",
        b"moof",
        b"traf",
        b"trun",
        b"tfhd",
        b"sidx",
        b"avc1",
        b"avcC",
        b"mp4a",
        b"esds",
        b"colr",
        b"pasp",
    ),
    *(
        b"RIFF",
        b"WAVE",
        b"fmt ",
        b"data",
        b"RF64",
        b"ds64",
        b"LIST",
        b"fLaC",
        b"OggS",
        b"OpusHead",
        b"Xing",
        b"Info",
        b"ID3\4",
        b"wvpk",
    ),
    *(
        b"\x1a\x45\xdf\xa3",
        b"\x18\x53\x80\x67",
        b"\x16\x54\xae\x6b",
        b"\x1f\x43\xb6\x75",
        b"\xa3",
        b"\xec",
        b"\x47\x40\0\x10",
        b"\0\0\1\xba",
    ),
    *(
        b"file:///etc/passwd",
        b"http://127.0.0.1/",
        b"\x1b[31m",
        b"\xff" * 64,
        b"\0" * 64,
        b"\x7f\xff\xff\xff",
        b"\x80\0\0\0",
        b"\xff" * 8,
    ),
)


def prepare_takes(folder: Path) -> Check:
    """Give the check that looks at the heads of damaged sounds, and listens to some of them."""
    from babelreel.media.probe.sound import UnheardError, probe_sound, refuse_sound_file  # noqa: PLC0415 - in the worker
    from babelreel.media.sound.heard.listening import listen  # noqa: PLC0415 - the same
    from babelreel.media.sound.heard.readable_sound import readable_sound  # noqa: PLC0415 - the same
    from support.films import ffmpeg_of_tests, run_maker  # noqa: PLC0415 - the same

    use_temporary_folder(folder)
    for name, words in _SOUNDS.items():
        source = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=0.5", "-metadata", "title=A take")
        run_maker(*source, "-c:a", *words, "-y", str(folder / name))
    seeds = {name: (folder / name).read_bytes() for name in _SOUNDS}
    whole = tuple(seeds.values())
    ffmpeg = ffmpeg_of_tests().path
    listen(ffmpeg, folder / "a.wav", name="a.wav", digest="")  # loads what listening needs

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        name = chance.choice(sorted(_SOUNDS))
        path = folder / f"take{Path(chance.choice((name, name, name, *_SOUNDS))).suffix}"
        path.write_bytes(_damaged_media(seeds[name], chance, whole))
        with watched(folder):
            try:
                if chance.random() < 0.02:  # noqa: PLR2004 - a program is started
                    refuse_control(_printed(listen(ffmpeg, path, name=path.name, digest="").fault), "listening")
                else:
                    refuse_sound_file(path)
                    probe_sound(readable_sound(path, folder / "tmp"))
            except UnheardError as error:
                refuse_control(_printed(str(error)), "a fault")
        path.unlink()

    return check


def _printed(text: str) -> str:
    from babelreel.report.safe_text import printable  # noqa: PLC0415 - in the worker

    return printable(text)


def prepare_films(folder: Path) -> Check:
    """Give the check that looks at damaged films, and builds some of them."""
    from babelreel.errors import FilmError  # noqa: PLC0415 - in the worker
    from babelreel.media.probe.film import probe_media  # noqa: PLC0415 - the same
    from support.films import make_film  # noqa: PLC0415 - the same
    from support.projects import make_project  # noqa: PLC0415 - the same

    use_temporary_folder(folder)
    for name, words in _FILMS.items():
        make_film(folder / f"plain-{name}.mp4", size="64x48", picture="testsrc")
        subprocess.run(_maker(folder / f"plain-{name}.mp4", folder / name, words), check=True)
    seeds = {name: (folder / name).read_bytes() for name in _FILMS}
    whole = tuple(seeds.values())
    root = make_project(folder / "project", film=folder / "a.mp4")
    (root / "video/master.mp4").unlink()
    probe_media(folder / "a.mp4", digest="")

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        name = chance.choice(sorted(_FILMS))
        path = root / "video" / f"master{Path(name).suffix}"
        path.write_bytes(_damaged_media(seeds[name], chance, whole))
        try:
            if chance.random() < 0.002:  # noqa: PLR2004 - a build takes seconds
                call(root, *chance.choice((("build", "--only", "phone-360p"), ("probe",))))
                return
            with watched(folder):
                probe_media(path, digest="")
        except FilmError as error:
            refuse_control(_printed(str(error)), "a fault")
        finally:
            path.unlink()

    return check


def _maker(source: Path, target: Path, words: tuple[str, ...]) -> list[str]:
    from support.films import ffmpeg_of_tests  # noqa: PLC0415 - in the worker

    return [
        str(ffmpeg_of_tests().path),
        "-v",
        "error",
        "-nostdin",
        "-i",
        str(source),
        "-ac",
        "1",
        *words,
        "-y",
        str(target),
    ]


def _damaged_media(data: bytes, chance: random.Random, others: tuple[bytes, ...]) -> bytes:
    """Damage bytes anywhere, in the head, or whole boxes of MP4."""
    kind = chance.randrange(4)
    if kind == 0:
        return damage_bytes(data, chance, _BOXES, others)
    boxes = list(_boxes(data, 0, len(data)))
    if kind == 1 and boxes:
        return _with_other_box(data, boxes, chance)
    size = min(len(data), chance.choice((64, 256, 1024)))
    at = chance.choice((0, 0, 0, max(0, len(data) - size)))
    return data[:at] + damage_bytes(data[at : at + size], chance, _BOXES, others) + data[at + size :]


def _with_other_box(data: bytes, boxes: list[tuple[int, int]], chance: random.Random) -> bytes:
    """Take a box out, repeat it, give it another size, or damage what it holds."""
    start, end = chance.choice(boxes)
    match chance.randrange(4):
        case 0:
            return data[:start] + data[end:]
        case 1:
            return data[:end] + data[start:end] * chance.choice((1, 2, 200)) + data[end:]
        case 2:
            size = chance.choice((0, 1, 7, 8, 9, 2**31, 2**32 - 1, end - start + 1, chance.randrange(2**32)))
            return data[:start] + struct.pack(">I", size) + data[start + 4 :]
        case _:
            return data[: start + 8] + damage_bytes(data[start + 8 : end], chance, _BOXES) + data[end:]


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    if data[4:8] != b"ftyp":
        return
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if not 8 <= size <= end - start:  # noqa: PLR2004 - a head has 8 bytes
            return
        yield start, start + size
        if kind in {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"edts", b"udta"}:
            yield from _boxes(data, start + 8, start + size)
        start += size
