from __future__ import annotations

import html
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from babelreel.app.build.build import build_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from support.films import make_colour_cuts, run_maker
from support.projects import make_project
from support.streaming_site import find_players, run_script, serve_stream

# cells of 4, 3.2 and 3.2 s; sounds are cut at 5.995 s
BORDERS_S = (4.0, 5.995, 7.2)
LENGTH_S = 10.4

FR = """\
1
00:00:00,200 --> 00:00:01,800
Tes droits

2
00:00:03,500 --> 00:00:04,900
Sur deux morceaux

3
00:00:08,000 --> 00:00:10,000
Appelle & dis-le
"""
AR = """\
1
00:00:00,200 --> 00:00:01,800
لديك حقوق.

2
00:00:08,000 --> 00:00:10,000
اتصل بنا.
"""


#: A tone is no speech, and the rules on sound would not let it pass for a voice.
SETTINGS = '[check]\nignore = ["DUB"]\n'


def record_tone(folder: Path) -> None:
    """Make a dub of one tone, an octave above the film's 440 Hz, and nothing that could be heard under it.

    The film makes room for speech alone, and a tone is none.
    """
    folder.mkdir()
    for name, volume in (("fr.wav", "1"), ("me.wav", "0.001")):
        tone = f"sine=frequency=880:sample_rate=48000:duration={LENGTH_S},volume={volume}"
        run_maker("-f", "lavfi", "-i", tone, f"file:{folder / name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    address: str
    output: Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    players = find_players()
    folder = tmp_path_factory.mktemp("stream")
    film = make_colour_cuts(folder / "film.mp4", cuts=(100, 240), sound=True)
    root = make_project(folder / "project", {"fr.srt": FR, "ar.srt": AR}, film=film, settings=SETTINGS)
    record_tone(root / "video/stems")
    summary = build_project(
        read_project(root),
        Request(renditions=("stream",)),
        jobs=2,
        keep_going=False,
        listener=lambda _: None,
        stop=threading.Event(),
    )
    assert summary.failures == (), summary.failures
    with serve_stream(root / "output", players) as address:
        yield Site(address=address, output=root / "output")


OPEN_HLS = """
window.hls = new Hls({enableWorker: false, maxBufferLength: 60});
// a choice made while something loads, and a slow machine, are no faults of the stream
const harmless = ["aborted", "bufferStalledError"];
hls.on(Hls.Events.ERROR, (_, data) => harmless.includes(data.details) || faults.push(data.details));
hls.loadSource(address + "/stream/master.m3u8");
hls.attachMedia(video);
await until(() => hls.audioTracks.length === 2 && hls.subtitleTracks.length === 2, "tracks");
"""
OPEN_DASH = """
shaka.polyfill.installAll();
window.player = new shaka.Player();
player.addEventListener("error", (event) => faults.push("shaka " + event.detail.code + " " + event.detail.data));
await player.attach(video);
player.configure({streaming: {bufferingGoal: 60}, preferredAudio: [{language: "en"}]});
await player.load(address + "/stream/manifest.mpd");
"""
PLAYERS = {"hls": OPEN_HLS, "dash": OPEN_DASH}
BUFFERED = "await until(() => video.buffered.length && video.buffered.end(video.buffered.length - 1) > 10.3, 'data');"
CHOOSE_TEXT = {
    "hls": "hls.subtitleTrack = hls.subtitleTracks.findIndex((track) => track.lang === language);",
    "dash": "player.selectTextTrack(player.getTextTracks().find((track) => track.language === language));",
}
CHOOSE_SOUND = {
    "hls": "hls.audioTrack = hls.audioTracks.findIndex((track) => track.lang === language);",
    "dash": "player.selectAudioTrack(player.getAudioTracks().find((track) => track.language === language));",
}
NAMES = {
    "hls": "return [hls.audioTracks.map((each) => each.name), hls.subtitleTracks.map((each) => each.name)];",
    "dash": """return [player.getAudioTracks(), player.getTextTracks()].map((all) => all.map((each) => each.label));""",
}
LISTEN = """
const context = new AudioContext();
window.analyser = new AnalyserNode(context, {fftSize: 4096, smoothingTimeConstant: 0});
context.createMediaElementSource(video).connect(analyser);
analyser.connect(context.destination);
window.pitch = () => {
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  const best = levels.indexOf(Math.max(...levels));
  return levels[best] > -60 ? best * context.sampleRate / analyser.fftSize : 0;
};
await context.resume();
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A page with a stream in it."""

    name: str
    page: Any

    def run(self, script: str, **values: object) -> Any:  # noqa: ANN401 - any JSON
        return run_script(self.page, script, **values)


@pytest.fixture(params=PLAYERS)
def player(request: pytest.FixtureRequest, browser: Any, site: Site) -> Iterator[Player]:  # noqa: ANN401 - untyped
    page = browser.new_page()
    page.goto(f"{site.address}/{request.param}")
    run_script(page, PLAYERS[request.param], address=site.address)
    yield Player(name=request.param, page=page)
    assert page.evaluate("faults") == []
    page.close()


def test_a_stream_plays_over_every_border_of_its_segments(player: Player) -> None:
    player.run(BUFFERED)
    # one range from the start to the end: no segment leaves a gap, and picture and sound begin together
    ((start, end),) = player.run("return ranges(video.buffered);")
    assert start == 0
    assert abs(end - LENGTH_S) < 0.05
    assert abs(player.run("return video.duration;") - LENGTH_S) < 0.05
    for border in BORDERS_S:
        player.run("await seek(border - 0.2); await playTo(border + 0.2);", border=border)
    player.run("await playTo(9);")  # back and forth is over: straight on
    assert player.run("return video.getVideoPlaybackQuality().totalVideoFrames;") > 40


def test_tracks_bear_the_names_of_their_languages_and_texts_can_be_switched(player: Player) -> None:
    assert player.run(NAMES[player.name]) == [["English", "Français"], ["العربية", "Français"]]
    shown = "await until(() => shownCues().length, 'cues'); return shownCues();"
    player.run(BUFFERED)
    player.run(CHOOSE_TEXT[player.name], language="fr")
    # the second cue stands in two segments and is shown once
    for time, text in ((0.5, "Tes droits"), (3.8, "Sur deux morceaux"), (4.5, "Sur deux morceaux")):
        player.run("await seek(time);", time=time)
        assert player.run(shown) == [text]
    player.run("await seek(9);")
    assert [html.unescape(text) for text in player.run(shown)] == ["Appelle & dis-le"]  # one library, one reading
    player.run(CHOOSE_TEXT[player.name], language="ar")
    player.run("await until(() => shownCues().join().includes('اتصل'), 'Arabic');")
    player.run("await seek(6);")
    assert player.run("return shownCues();") == []


def test_sounds_can_be_switched_while_the_film_plays(player: Player) -> None:
    # the film's own tone has 440 Hz, the second one 880; a bin of the analyser is about 11 Hz wide
    player.run(LISTEN)
    player.run(BUFFERED + "await video.play(); await until(() => Math.abs(pitch() - 440) < 15, '440 Hz');")
    player.run(CHOOSE_SOUND[player.name] + "await until(() => Math.abs(pitch() - 880) < 15, '880 Hz');", language="fr")
    player.run(BUFFERED + "await seek(6.5); await video.play();")
    player.run("await until(() => Math.abs(pitch() - 880) < 15, '880 Hz behind a border'); video.pause();")
