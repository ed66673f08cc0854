"""Is a still what the film shows with its text, taken once, and does a line without one cost no other line its own?"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.app.build.footage import see_film
from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.project.master import look_at_film, open_digests
from babelreel.app.project.read_tracks import load_track
from babelreel.app.stills.line_stills import Lines, LineStills, Taken, TakenStill, open_stills
from babelreel.config.read import read_project
from babelreel.errors import FilmError, MachineError, RefusedError, ToolError, UsageError
from babelreel.fonts import LATIN, font_path
from babelreel.graph.clean import clean
from babelreel.graph.event import Event, TaskFinished
from babelreel.graph.lock import hold_project
from babelreel.graph.task import Literal, SourceFile, Task
from babelreel.media.picture.line_stills import EXACT, LIGHT, TakeFrame
from babelreel.media.picture.piece import EncodePiece
from babelreel.model.project import Project
from babelreel.rules.ledger.standing import standing_of
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.picture.burned import plan_burned_picture
from babelreel.stages.picture.pieces import plan_shared_picture
from support.films import ffmpeg_of_tests, make_film, make_truncated, run_maker
from support.projects import FILES_ONLY, babelreel, make_project
from support.tracks import srt
from support.workplaces import work_in

Pixels = NDArray[Any]
#: The second and the third line are shown together, across the border of two cells (at 3 s and later).
LINES = ((400, 1800, "Tes droits."), (2400, 6400, "Tu as droit\nà un avocat."), (5000, 8400, "Appelle le 112."))
ARABIC = ((400, 1800, "لديك حقوق."), (2400, 6400, "لك الحق\nفي محامٍ."), (5000, 8400, "اتصل بالرقم 112."))
MARKED = f'reference = "en"\n{FILES_ONLY}[publish]\nmark = true\n'


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_film(tmp_path_factory.mktemp("film") / "film.mp4", seconds=10, audio=None)


def project_of(root: Path, film: Path, settings: str = FILES_ONLY, **tracks: str) -> Project:
    return read_project(
        make_project(root, {f"{tag}.srt": each for tag, each in tracks.items()}, film=film, settings=settings)
    )


def text_in(stills: LineStills, project: Project, tag: str) -> Subtitles:
    (file,) = find_tracks_of(project, [tag])
    track = load_track(project, file)
    return stills.text(file, track, standing_of(track, None, None))


def taken(project: Project, tag: str, *places: int, listener: Any = None) -> list[Taken]:  # noqa: ANN401 - as it takes one
    stills = open_stills(project)
    lines = Lines(text=text_in(stills, project, tag), rung=stills.rung(), places=places)
    (found,) = stills.take([lines], listener=listener)
    return list(found.values())


def made(still: Taken, name: str = EXACT) -> bytes:
    assert isinstance(still, TakenStill), still
    return still.read(name)


def pixels(path: Path, form: str = "rgb24") -> Pixels:
    with av.open(str(path)) as container:
        return next(container.decode(video=0)).to_ndarray(format=form)


def what_goes_to_the_encoder(project: Project, tag: str, frame: int, folder: Path) -> Pixels:
    """Make the piece of the film in which a frame is, as a build does, and give the frame that its encoder got."""
    digests, stills = open_digests(project), open_stills(project)
    path, info = look_at_film(project, digests)
    font = font_path(LATIN)
    workshop = Workshop(
        film=see_film(project, path, replace(info, shots=())),
        ffmpeg=ffmpeg_of_tests(),
        styles=project.styles,
        latin_font=SourceFile(name=f"fonts/{font.name}", path=font, digest=digests.digest(font)),
    )
    shared = plan_shared_picture(workshop, replace(stills.rung(), max_bytes=0))
    picture = plan_burned_picture(workshop, text_in(stills, project, tag), shared, has_text=True)
    piece, number = _piece_with(picture.pieces, frame)
    folder.mkdir()
    for each in piece.inputs:
        (folder / each.name).parent.mkdir(exist_ok=True)
        if isinstance(each, Literal):
            (folder / each.name).write_bytes(each.content)
        elif isinstance(each, SourceFile):
            (folder / each.name).symlink_to(each.path)
    assert isinstance(piece.action, EncodePiece)
    replace(piece.action, shown=number).perform(work_in(folder))
    size = piece.action.settings.frame
    run_maker(
        *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{size.width_px}x{size.height_px}"),
        *("-color_range", "tv", "-colorspace", "bt709", "-i", f"file:{folder / 'drawn.yuv'}", "-vf"),
        "scale=in_color_matrix=bt709:in_range=tv:out_range=pc"
        ":flags=lanczos+accurate_rnd+full_chroma_int+bitexact,format=rgb24",
        *("-frames:v", "1", "-update", "1", f"file:{folder / 'drawn.png'}"),
    )
    return pixels(folder / "drawn.png")


def _piece_with(pieces: tuple[Task, ...], frame: int) -> tuple[Task, int]:
    for piece in pieces:
        assert isinstance(piece.action, EncodePiece)
        cell = piece.action.footage.cell
        if cell.first <= frame < cell.end:
            return piece, frame - cell.first
    raise AssertionError(frame)


@pytest.mark.parametrize(("tag", "lines"), [("fr", LINES), ("ar", ARABIC)])
@pytest.mark.parametrize("settings", [FILES_ONLY, MARKED], ids=["approved", "draft"])
def test_a_still_is_the_picture_that_goes_to_the_encoder(
    film: Path, tmp_path: Path, tag: str, lines: tuple[tuple[int, int, str], ...], settings: str
) -> None:
    project = project_of(tmp_path / "project", film, settings, **{tag: srt(*lines)})
    for place, still in enumerate(taken(project, tag, 0, 1, 2)):
        (tmp_path / "still.png").write_bytes(made(still))
        start_ms, end_ms, _ = lines[place]
        middle = (start_ms * 25 // 1000 + end_ms * 25 // 1000 - 1) // 2
        expected = what_goes_to_the_encoder(project, tag, middle, tmp_path / str(place))
        assert np.array_equal(pixels(tmp_path / "still.png"), expected), f"line {place + 1}"


def test_a_still_is_seen_in_the_published_film(film: Path, tmp_path: Path) -> None:
    """What the encoder blurs is little (37 dB of brightness here); the frames beside it are others (25 dB)."""
    lines = ((400, 1800, "Tes droits."), (2400, 4400, "Tu as droit\nà un avocat."), (8000, 9400, "Appelle le 112."))
    project = project_of(tmp_path / "project", film, fr=srt(*lines))
    assert babelreel(project.root, "build", "--only", "phone-360p").code == 0
    (video,) = (project.root / "output").rglob("*.mp4")
    with av.open(str(video)) as container:
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    for (start_ms, end_ms, _), still in zip(lines, taken(project, "fr", 0, 1, 2), strict=True):
        shown = (start_ms * 25 // 1000 + end_ms * 25 // 1000 - 1) // 2
        for name in (EXACT, LIGHT):
            (tmp_path / name).write_bytes(made(still, name))
            still_in_grey = pixels(tmp_path / name, "gray")
            seen, *others = (_psnr_db(still_in_grey, frames[each]) for each in (shown, shown - 1, shown + 1))
            assert seen > 33
            assert max(others) < 29


def _psnr_db(one: Pixels, other: Pixels) -> float:
    return float(10 * np.log10(255**2 / np.square(one.astype(float) - other.astype(float)).mean()))


def test_a_changed_line_costs_its_own_still_and_no_other(film: Path, tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", film, fr=srt(*LINES[:2], (8600, 9400, "Merci.")))
    heard: list[Event] = []
    before = [made(each) for each in taken(project, "fr", 0, 1, 2, listener=heard.append)]
    assert sum(isinstance(each, TaskFinished) for each in heard) == 6, "a frame and a text for each"
    heard.clear()
    assert [made(each) for each in taken(project, "fr", 0, 1, 2, listener=heard.append)] == before
    assert not any(isinstance(each, TaskFinished) for each in heard)
    (project.root / "subtitles" / "fr.srt").write_text(srt(*LINES[:2], (8600, 9400, "Merci !")), "utf-8")
    after = [made(each) for each in taken(project, "fr", 0, 1, 2, listener=heard.append)]
    assert [each.task.name for each in heard if isinstance(each, TaskFinished)] == ["still phone-360p fr 3"]
    assert (after[:2] == before[:2], after[2] == before[2]) == (True, False)


def test_stills_have_the_same_bytes_taken_alone_and_in_company(film: Path, tmp_path: Path) -> None:
    tracks = {"fr": srt(*LINES), "ar": srt(*ARABIC)}
    alone = project_of(tmp_path / "alone", film, **tracks)
    singly = [made(each) for tag in ("fr", "ar") for place in range(3) for each in taken(alone, tag, place)]
    project = project_of(tmp_path / "together", film, **tracks)
    stills = open_stills(project)
    both = [Lines(text=text_in(stills, project, tag), rung=stills.rung(), places=(0, 1, 2)) for tag in ("fr", "ar")]
    assert [made(each) for found in stills.take(both, jobs=2) for each in found.values()] == singly


def test_a_line_behind_the_end_of_the_film_has_no_still_and_is_told_why(film: Path, tmp_path: Path) -> None:
    tracks = srt((0, 1000, "Un."), (9800, 30_000, "Deux."), (11_000, 12_000, "Trois."))
    first, late, beyond = taken(project_of(tmp_path / "project", film, fr=tracks), "fr", 0, 1, 2)
    assert made(first)
    assert made(late), "the film shows its beginning"
    assert isinstance(beyond, RefusedError)
    assert beyond.lines() == (
        "The film never shows this line.",
        "why: it begins at 0:11, and the film ends at 0:10",
        "hint: Give it a time within the film.",
    )


def test_a_character_that_no_font_has_costs_its_own_line_alone(film: Path, tmp_path: Path) -> None:
    tracks = srt((0, 1000, "Un."), (1200, 2000, "\U00013000"))
    first, second = taken(project_of(tmp_path / "project", film, fr=tracks), "fr", 0, 1)
    assert made(first)
    assert isinstance(second, ToolError)
    assert "could not be drawn" in str(second)


def test_a_place_at_which_the_film_gives_no_frame_is_told_in_words(film: Path, tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", film, fr=srt(*LINES))
    digests = open_digests(project)
    path, info = look_at_film(project, digests)
    seen = see_film(project, path, replace(info, shots=()))
    (tmp_path / path.name).symlink_to(path)
    frame = seen.frame(open_stills(project).rung())
    first = seen.footage[frame.rate][0]
    action = TakeFrame(
        ffmpeg=ffmpeg_of_tests().identity,
        film=info,
        film_name=path.name,
        frame=frame,
        footage=first,
        number=first.cell.frames,  # the one behind its last
    )
    with pytest.raises(ToolError, match="cannot be shown at this place") as raised:
        action.perform(work_in(tmp_path))
    assert len(raised.value.lines()) <= 4


def test_stills_are_taken_while_a_build_holds_the_project_and_go_with_clean(film: Path, tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", film, fr=srt(*LINES))
    with hold_project(project.state_dir):
        assert made(taken(project, "fr", 0)[0])
    assert project.stills_dir.is_dir()
    clean(project.state_dir)
    assert not project.state_dir.exists()


def test_two_threads_may_ask_at_once(film: Path, tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", film, fr=srt(*LINES))
    stills = open_stills(project)
    text = text_in(stills, project, "fr")
    found: dict[int, bytes] = {}

    def ask(number: int) -> None:
        (result,) = stills.take([Lines(text=text, rung=stills.rung(), places=(0, 1))])
        found[number] = made(result[1])

    threads = [threading.Thread(target=partial(ask, number)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(found), len(set(found.values()))) == (4, 1)


def test_a_size_into_which_no_text_is_drawn_is_refused_in_words(film: Path, tmp_path: Path) -> None:
    stills = open_stills(project_of(tmp_path / "project", film, fr=srt(*LINES)))
    with pytest.raises(UsageError, match="those with text in the picture are: phone-360p"):
        stills.rung("web-720p")


def test_without_a_sound_film_or_an_ffmpeg_there_is_no_still(film: Path, tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", film, fr=srt(*LINES))
    with pytest.raises(MachineError, match="ffmpeg"):
        open_stills(project, ffmpeg=str(tmp_path / "none"))
    master = project.root / "video" / "master.mp4"
    make_truncated(tmp_path / "cut.mp4", share=0.5).replace(master)
    with pytest.raises(FilmError):
        open_stills(project)
    master.unlink()
    with pytest.raises(FilmError, match="no film to work on"):
        open_stills(project)
