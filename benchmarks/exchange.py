"""Measure how long it takes to send thirteen languages of 500 lines to translators, and to take them back.

    python benchmarks/exchange.py

Aim: two seconds for each form, without the pictures of the film; nothing is changed by what comes back as it was sent.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "pipeline"), str(ROOT / "tests")]

from babelreel.app.exchange.receive import Wish, receive  # noqa: E402 - its folder is put on the path first
from babelreel.app.exchange.send import send  # noqa: E402 - the same
from babelreel.config.read import read_project  # noqa: E402 - the same
from babelreel.languages.find import find_language  # noqa: E402 - the same
from babelreel.timedtext.exchange.forms import Form  # noqa: E402 - the same
from babelreel.timedtext.read import read_track  # noqa: E402 - the same
from support.tracks import srt  # noqa: E402 - the same

_LINES = 500


def main() -> int:
    """Measure each form, and tell where anything changed."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "subtitles").mkdir()
        tags = sorted(path.stem for path in (ROOT / "subtitles").glob("*.srt"))
        for tag in tags:
            (root / "subtitles" / f"{tag}.srt").write_text(_long_track(tag), "utf-8")
        project = read_project(root)
        changed = 0
        for form in Form:
            started = time.process_time()
            paths = [send(project, tag, form).path for tag in tags]
            sent = time.process_time()
            receipts = [receipt for path in paths for receipt in receive(project, path, Wish())]
            received = time.process_time()
            changed += sum(bool(receipt.rows or receipt.paths) for receipt in receipts)
            took = f"sent in {sent - started:.2f} s, received in {received - sent:.2f} s"
            print(f"{form}: {len(tags)} x {_LINES} lines {took}")
    return 1 if changed else 0


def _long_track(tag: str) -> str:
    data = (ROOT / "subtitles" / f"{tag}.srt").read_bytes()
    texts = [cue.text for cue in read_track(data, language=find_language(tag), path=f"{tag}.srt").cues]
    return srt(*(f"{texts[place % len(texts)]} {place // len(texts)}" for place in range(_LINES)))


if __name__ == "__main__":
    sys.exit(main())
