"""Do the fixes of all families together come to an end, and harm nothing?"""

from __future__ import annotations

import random

import pytest

from babelreel.errors import TrackError
from babelreel.languages.find import find_language
from babelreel.model.film.media import MediaInfo
from babelreel.model.track import Track
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.fixing import Repaired, repair
from babelreel.timedtext.encoding.decode import encode_like
from babelreel.timedtext.read import read_track
from support.damaged import damage, damaged_bytes
from support.places import SUBTITLES
from support.subjects import make_known_film

TRACKS = {path.stem: path.read_text("utf-8") for path in sorted(SUBTITLES.glob("*.srt"))}
FILM = make_known_film(90_000, shots=(250, 500, 1000, 1500))
REFERENCE = read_track(TRACKS["en"].encode(), language=find_language("en"), path="subtitles/en.srt")


def repaired(data: bytes, tag: str, *, with_unsafe: bool, film: MediaInfo = FILM) -> Repaired:
    path = f"subtitles/{tag}.srt"

    def check(track: Track) -> CheckResult:
        return check_track(
            TrackSubject(
                track=track,
                language=find_language(tag),
                profile=find_language(tag).limits,
                film=film,
                reference=None if tag == "en" else REFERENCE,
                is_reference=tag == "en",
                languages=tuple(map(find_language, TRACKS)),
            )
        )

    return repair(
        data,
        check,
        read_track(data, language=find_language(tag), path=path),
        language=find_language(tag),
        with_unsafe=with_unsafe,
    )


@pytest.mark.parametrize("with_unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("tag", TRACKS)
def test_all_fixes_together_come_to_an_end_and_lose_no_cue(tag: str, *, with_unsafe: bool) -> None:
    for seed in range(6):
        chance = random.Random(f"{tag} {seed}")  # noqa: S311 - damage, not a secret
        data = damaged_bytes(damage(TRACKS[tag], chance), chance)
        try:
            before = read_track(data, language=find_language(tag), path=f"subtitles/{tag}.srt")
        except TrackError:
            continue
        once = repaired(data, tag, with_unsafe=with_unsafe)
        after = read_track(once.data, language=find_language(tag), path=f"subtitles/{tag}.srt")
        assert len(after.cues) >= len(before.cues)
        again = repaired(once.data, tag, with_unsafe=with_unsafe)
        assert again.data == once.data, [each.code for each in again.repaired]
        left = [each for each in once.result.findings if each.fix and (each.fix.is_safe or with_unsafe)]
        # a file with lost letters, or one that cannot hold the letters of a fix, is left as it is
        is_lossless = encode_like(once.data, after.source.text, encoding=after.encoding) == once.data
        is_writable = is_lossless and after.encoding.startswith("utf")
        assert not left or not is_writable, [(each.code, each.message) for each in left]


@pytest.mark.parametrize("tag", TRACKS)
def test_a_clean_track_stays_byte_for_byte(tag: str) -> None:
    data = TRACKS[tag].encode()
    assert repaired(data, tag, with_unsafe=True, film=make_known_film(87_880)).data == data
