"""Does listening end when somebody wants it to, and where the film says so?"""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from babelreel.app.project.master import open_digests
from babelreel.app.voices.hearing import Hearing
from babelreel.config.read import read_project
from support.dubs import write_wave
from support.films import ffmpeg_of_tests, make_film
from support.projects import FR, make_project
from support.sounds import convert, tone
from support.sounds import write_wave as write_at_rate


@pytest.mark.skipif(os.name == "nt", reason="signals are sent the POSIX way")
def test_ctrl_c_that_another_thread_receives_ends_the_listening_all_the_same(tmp_path: Path) -> None:
    project = read_project(make_project(tmp_path / "film", {"fr.srt": FR}))
    takes = [
        write_wave(tmp_path / f"film/video/stems/fr/{line}.wav", tone(0.2, hz=300 + line)) for line in range(1, 10)
    ]
    slow = tmp_path / "ffmpeg"
    slow.write_text(f'#!/bin/sh\ntouch "{tmp_path}/busy"; exec sleep 60\n', "utf-8")
    slow.chmod(0o755)

    def press() -> None:
        while not (tmp_path / "busy").exists():
            time.sleep(0.01)
        time.sleep(0.3)  # until the main thread waits
        # as if the kernel chose this thread, or as if the key was pressed just before the main thread began to wait
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    hand = threading.Thread(target=press)
    begun = time.monotonic()
    hand.start()
    with pytest.raises(KeyboardInterrupt):
        Hearing(project, slow, open_digests(project)).hear(takes)
    hand.join()
    assert time.monotonic() - begun < 20


def test_a_recording_of_twice_the_film_and_ten_minutes_is_not_unpacked_until_the_film_is_longer(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR})  # 2 s: 604 s are enough
    (root / "video/stems").mkdir()
    hum = write_at_rate(tmp_path / "hum.wav", tone(700, hz=100, rate=4000), rate=4000)
    path = convert(hum, root / "video/stems/fr.flac")
    project, ffmpeg = read_project(root), ffmpeg_of_tests().path

    def fault() -> str:
        return Hearing(project, ffmpeg, open_digests(project)).hear((path,))[0].fault

    assert fault() == "it is longer than 10:04, which is twice the film and 10 minutes: it was not listened to"
    (root / "video/master.mp4").unlink()
    make_film(root / "video/master.mp4", seconds=60, rate="1", size="64x36", audio=None)  # 720 s are
    assert fault() == ""
