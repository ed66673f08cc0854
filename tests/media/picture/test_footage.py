"""Do cells, each decoded, drawn and cut on its own, show what the whole film shows, frame by frame?"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from babelreel.fonts import BUNDLED, font_path
from babelreel.languages.find import builtin_languages
from babelreel.media.argv.picture_filters import DrawnText
from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.picture.footage import read_footage
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.programs.run import run_ffmpeg
from babelreel.model.film.cells import Footage, cells_at
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, fit_rate
from babelreel.model.film.media import Fields, MediaInfo
from babelreel.model.style import Style
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, Format, Track
from babelreel.timedtext.burnin.cell_cues import cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin, render_drawing
from babelreel.timedtext.burnin.typeface import choose_font
from support.films import Encode, make_film, run_maker

RUNG = DEFAULT_RUNGS[3]
LANGUAGES = {language.tag: language for language in builtin_languages()}


def cue(start_ms: int, end_ms: int, *lines: str, align: Align = Align.BOTTOM) -> Cue:
    return Cue(number=1, span=Span(start_ms=start_ms, end_ms=end_ms), lines=lines, align=align)


def frame_of(film: MediaInfo) -> Frame:
    assert film.video
    return Frame(width_px=160, height_px=90, rate=fit_rate(RUNG, film.video.rate))


def lay(film: MediaInfo, tag: str, cues: Sequence[Cue]) -> Drawing:
    language = LANGUAGES[tag]
    track = Track(language=tag, path="", format=Format.SRT, cues=tuple(cues))
    return lay_burnin(
        track,
        language=language,
        frame=frame_of(film),
        type_size=Fraction(1, 8),
        style=Style(),
        font=choose_font(language, None),
    )


def digests(
    encode: Encode, path: Path, film: MediaInfo, ass: Sequence[tuple[str, int] | None], footage: Footage | None
) -> list[list[str]]:
    """Give the MD5 of each frame of each branch, as they go into the encoder."""
    folder = path.parent
    (folder / "fonts").mkdir(exist_ok=True)
    for font in BUNDLED:
        shutil.copy(font_path(font), folder / "fonts")
    branches = []
    for place, text in enumerate(ass):
        if text:
            (folder / f"{place}.ass").write_text(text[0], encoding="utf-8")
        drawn = DrawnText(ass_name=f"{place}.ass", fonts_dir="fonts", lead=text[1]) if text else None
        branches.append(Branch(output_name=f"{place}.md5", rung=RUNG, frame=frame_of(film), text=drawn))
    argv = picture_argv(film, input_name=path.name, branches=branches, footage=footage)
    encode(tuple(unencoded(argv)))
    return [
        [line.split(",")[-1].strip() for line in (folder / f"{place}.md5").read_text().splitlines() if line[0] != "#"]
        for place in range(len(ass))
    ]


def unencoded(argv: Sequence[str]) -> list[str]:
    """Put a list of frame digests in the place of each encoded output."""
    words: list[str] = []
    starts = [place for place, word in enumerate(argv) if word == "-map"] + [len(argv)]
    words += argv[: starts[0]]
    for start, end in pairwise(starts):
        words += [*argv[start : start + 2], "-f", "framemd5", argv[end - 1]]
    return words


def compare(
    encode: Encode, path: Path, *, shots: tuple[int, ...] = (), tracks: Sequence[tuple[str, Sequence[Cue]]] = ()
) -> None:
    """Draw a film as a whole and in cells, in all languages at once, and compare every frame."""
    film = replace(probe_media(path, digest=""), shots=shots)
    rate = frame_of(film).rate
    drawings = [lay(film, tag, cues) for tag, cues in tracks]
    whole = digests(encode, path, film, [None, *((render_drawing(each), 0) for each in drawings)], None)
    assert len(set(whole[0])) > len(whole[0]) / 2, "the film shows too little to tell frames apart"
    found: list[list[str]] = [[] for _ in whole]
    texts = [list(cut_drawing(each, cells_at(film, rate))) for each in drawings]
    footage = read_footage(path, film, [rate])[rate]
    assert len(footage) > 1
    for place, each in enumerate(footage):
        cut = [text[place] for text in texts]
        ass = [None, *((text.document, text.lead) if text else None for text in cut)]
        for branch, frames in enumerate(digests(encode, path, film, ass, each)):
            assert len(frames) == each.cell.frames
            found[branch] += frames
    assert found == whole


#: What is hard about drawing in pieces; times are in ms, the cells begin at 0, 4000, 8000 ms.
TRACKS: tuple[tuple[str, tuple[Cue, ...]], ...] = (
    ("fr", (cue(500, 2000, "Tu as"), cue(2000, 3000, "des droits."), cue(9000, 9500, "Oui."))),
    # overlapping, over the border of a cell; the first goes before the border, the second stays where it was put
    ("en", (cue(3000, 3800, "You", "have"), cue(3400, 6000, "rights."), cue(5000, 9000, "Always."))),
    # over three cells, one that ends on a cell's first frame, and one at the top
    ("nl", (cue(1000, 11000, "Jij"), cue(2000, 4000, "hebt", align=Align.TOP), cue(8000, 8040, "ja"))),
    ("ar", (cue(3500, 4500, "Child Focus: \u2066116\u00a0000\u2069."), cue(7900, 8100, "لديك حقوق."))),
    ("zh-Hans", (cue(4000, 8000, "你有权利，请打电话。"),)),
)


@pytest.fixture
def encode(ffmpeg: Ffmpeg, tmp_path: Path) -> Encode:
    """Run ffmpeg as a build does: a decoder that begins inside an open group of pictures says that it misses some."""

    def run(argv: tuple[str, ...]) -> None:
        run_ffmpeg(ffmpeg.path, argv, cwd=tmp_path, duration_ms=1000, report=lambda _: None, is_cancelled=lambda: False)

    return run


@pytest.mark.parametrize("rate", ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001"])
def test_cells_show_what_the_whole_film_shows_at_every_rate(tmp_path: Path, encode: Encode, rate: str) -> None:
    path = make_film(tmp_path / "film.mp4", rate=rate, seconds=12, size="160x90")
    compare(encode, path, shots=(int(4 * Fraction(rate)), int(8 * Fraction(rate))), tracks=TRACKS)


OPEN_GOP = ("libx264", "-preset", "veryfast", "-bf", "3", "-x264-params", "open-gop=1:keyint=30:scenecut=0:b-pyramid=2")
REFRESH = ("libx264", "-preset", "veryfast", "-x264-params", "intra-refresh=1:keyint=40:bframes=0")

FILMS: dict[str, tuple[str, dict[str, Any]]] = {
    "one key frame only": ("mp4", {}),
    "open groups of pictures": ("mp4", {"codec": OPEN_GOP}),
    "open groups in Matroska": ("mkv", {"codec": OPEN_GOP, "rate": "24000/1001"}),
    "open groups in a stream": ("ts", {"codec": OPEN_GOP}),
    "slow refresh without key frames": ("mp4", {"codec": REFRESH}),
    "slow refresh in a stream": ("ts", {"codec": REFRESH}),
    "a stream": ("ts", {"codec": ("libx264", "-g", "40"), "rate": "30000/1001"}),
    "a clock that starts late": ("mp4", {"start_offset": 3, "codec": ("libx264", "-g", "40")}),
    "a clock that starts late in Matroska": ("mkv", {"start_offset": Fraction(7, 2), "codec": ("libx264", "-g", "40")}),
    "a stream whose clock starts late": ("ts", {"start_offset": 5, "codec": ("libx264", "-g", "40")}),
    "a variable rate": ("mp4", {"rate": "36", "vfr": True, "codec": ("libx264", "-g", "50")}),
    "a variable rate in Matroska": ("mkv", {"rate": "36", "vfr": True, "codec": ("libx264", "-g", "50")}),
    "MPEG-4 in AVI": ("avi", {"codec": ("mpeg4", "-g", "40"), "audio": None}),
    "MPEG-2 in a stream": ("ts", {"codec": ("mpeg2video", "-g", "15", "-bf", "2"), "audio": None}),
    "HEVC": ("mp4", {"codec": ("libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=40")}),
    "HEVC in a stream": (
        "ts",
        {"codec": ("libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=40"), "audio": None},
    ),
    "VP9": ("webm", {"codec": ("libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "40"), "audio": None}),
    "ProRes": ("mov", {"codec": ("prores_ks",), "pixel_format": "yuv422p10le", "audio": None}),
}


@pytest.mark.parametrize("name", FILMS)
def test_cells_show_what_the_whole_film_shows_in_every_kind_of_film(tmp_path: Path, encode: Encode, name: str) -> None:
    ending, film = FILMS[name]
    compare(
        encode, make_film(tmp_path / f"film.{ending}", **{"seconds": 10, "size": "160x90", **film}), tracks=TRACKS[:1]
    )


def joined(folder: Path, name: str, *scenes: tuple[str, int]) -> Path:
    """Make a film of scenes, each a picture and its seconds, which are encoded one by one."""
    for place, (picture, seconds) in enumerate(scenes):
        make_film(folder / f"{place}.mp4", seconds=seconds, size="160x90", picture=picture, audio=None)
    (folder / "list").write_text("".join(f"file {place}.mp4\n" for place in range(len(scenes))))
    run_maker("-f", "concat", "-i", f"file:{folder / 'list'}", "-c", "copy", f"file:{folder / name}")
    return folder / name


def test_a_scene_that_was_replaced_by_a_longer_one_changes_no_other_cell(tmp_path: Path) -> None:
    rate = Fraction(25)
    before = joined(tmp_path, "before.mp4", ("testsrc", 4), ("testsrc2", 5), ("smptebars", 4))
    after = joined(tmp_path, "after.mp4", ("rgbtestsrc", 5), ("testsrc2", 5), ("smptebars", 4))
    found = [
        read_footage(path, replace(probe_media(path, digest=""), shots=shots), [rate])[rate]
        for path, shots in ((before, (100, 225)), (after, (125, 250)))
    ]
    assert [[each.cell.first for each in footage] for footage in found] == [[0, 100, 225], [0, 125, 250]]
    digests = [[each.digest for each in footage] for footage in found]
    assert digests[0][1:] == digests[1][1:]
    assert digests[0][0] != digests[1][0]


def test_the_size_of_a_cell_is_that_of_the_frames_which_it_shows(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4", seconds=13, size="160x90")  # with frames stored before those shown earlier
    film = probe_media(path, digest="")
    with av.open(path) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        shown = [((packet.pts or 0) * (packet.time_base or 1), packet.size) for packet in packets]
    ((rate, footage),) = read_footage(path, film, [Fraction(25)]).items()
    for each in footage:
        begin, end = each.cell.first / rate, each.cell.end / rate
        assert each.size == sum(size for at, size in shown if begin <= at < end)
    assert len(footage) > 1


def test_what_tells_how_to_decode_is_part_of_the_digest(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4", size="160x90")
    film = probe_media(path, digest="")
    assert film.video
    others = [replace(film, video=replace(film.video, **{name: value})) for name, value in OTHER_FORM.items()]
    found = [read_footage(path, each, [film.video.rate])[film.video.rate][0].digest for each in (film, *others)]
    assert len(set(found)) == len(found)
    longer = replace(film, video=replace(film.video, duration_ms=1040))
    assert read_footage(path, longer, [film.video.rate])[film.video.rate][0].digest == found[0]


OTHER_FORM: dict[str, Any] = {
    "rotation": 90,
    "sample_aspect": Fraction(4, 3),
    "color_transfer": "smpte2084",
    "color_matrix": "bt709",
    "pixel_format": "yuvj420p",
}


def test_a_frame_that_is_made_whole_counts_its_neighbours_in(tmp_path: Path) -> None:
    # key frames at 0, 2 and 4 s; the second cell begins with one
    keys = ("libx264", "-preset", "ultrafast", "-g", "50", "-sc_threshold", "0")
    path = make_film(tmp_path / "film.mp4", seconds=8, size="160x90", codec=keys)
    film = replace(probe_media(path, digest=""), shots=(100,))
    assert film.video
    fielded = replace(film, video=replace(film.video, fields=Fields.ALL))
    plain, whole = (read_footage(path, each, [Fraction(25)])[Fraction(25)] for each in (film, fielded))
    assert [each.cell.first for each in plain] == [0, 100]
    assert plain[1].seek_us == 4_000_000
    assert whole[1].seek_us == 2_000_000
    assert whole[0].digest != plain[0].digest  # one frame more
