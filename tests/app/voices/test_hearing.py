"""Does listening end when somebody wants it to?"""

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
from support.projects import FR, make_project
from support.sounds import tone


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
