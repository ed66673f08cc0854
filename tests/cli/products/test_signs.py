"""Are words in the picture published, and does a language in which one is missing keep what it has?"""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from support.projects import babelreel, snapshot
from support.publications import LEAST, copy_publication

SIGN = """
[[sign]]
name = "court"
from = "0:00.4"
to = "0:02"
place = "top"
text = { en = "Court", fr = "Tribunal"%s }
"""


def add(root: Path, texts: str) -> None:
    config = root / "babelreel.toml"
    settings = config.read_text("utf-8").partition("\n[[sign]]")[0]
    config.write_text(settings + SIGN % texts, "utf-8")


def films(root: Path, tag: str) -> dict[str, bytes]:
    return {
        path: content
        for path, content in snapshot(root / "output").items()
        if path.startswith(f"{tag}/") and path.endswith((".mp4", ".srt", ".vtt"))
    }


def frame(film: Path, second: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    with av.open(str(film)) as container:
        shown = next(each for each in container.decode(video=0) if float(each.time or 0) >= second)
        return shown.to_ndarray(format="gray").astype(np.int16)


def test_a_language_without_the_words_keeps_its_earlier_version_until_somebody_says_them(tmp_path: Path) -> None:
    root = copy_publication(tmp_path / "film", LEAST)  # in French and Arabic; the film speaks English
    before = {tag: films(root, tag) for tag in ("fr", "ar")}
    (phone,) = (path for path in before["ar"] if path.endswith("phone-360p.mp4"))
    plain = frame(root / "output" / phone, 1)

    add(root, "")
    assert "missing-sign" in babelreel(root, "check", "ar").out
    result = babelreel(root, "build")
    assert result.code == 3
    assert "ar keeps its earlier version: 1 text in the picture has no translation" in result.err
    assert "“court”" in result.err
    assert films(root, "ar") == before["ar"], "nothing of it is taken away"
    french = films(root, "fr")
    assert french != before["fr"], "the others go on"

    add(root, ', ar = "\U0001f3db"')
    result = babelreel(root, "build")
    assert "ar is not published: its subtitles have 1 error" in result.err
    assert "words in the picture “court”, in Arabic: " in result.err

    add(root, ', ar = "محكمة"')
    assert babelreel(root, "build").code == 0
    after = films(root, "ar")
    assert films(root, "fr") == french
    (sidecar,) = (content.decode() for path, content in after.items() if path.endswith(".vtt"))
    assert "00:00:00.400 --> 00:00:02.000 line:0\n" in sidecar
    assert "محكمة" in sidecar
    changed = np.abs(frame(root / "output" / phone, 1) - plain) > 60  # far more than two encodings differ by
    height = len(changed)
    at_top, below = changed[: height // 3].sum(), changed[height // 2 :].sum()
    assert at_top > 200, "the words are seen at the top"
    assert 20 * below < at_top, "what is said is drawn as before"
    assert babelreel(root, "verify").code == 0
