"""Is every edit of the reference that changes what it says told to each translation, and no other?"""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from babelreel.rules.ledger.standing import standing_of
from support.reference_edits import merge, retime, seeded_edits, spacing, split
from support.scored_edits import approved, sample, score


def test_what_changes_the_meaning_is_told_to_twelve_languages_and_nothing_else_is() -> None:
    """The whole of it, with 200 edits, is ``benchmarks/ledger.py``."""
    tracks = sample()
    reference = tracks.pop("en")
    scores = score(tracks, reference, seeded_edits(reference, 60, seed=2026))
    silent = {"split", "merge", "re-time", "spacing"}
    for kind in silent:
        assert scores[kind].told == 0, kind
    for kind, each in scores.items():
        if kind not in silent:
            assert each.meant == 6 * 12, kind
            assert each.found == each.meant, kind
            assert each.right >= 0.98 * each.told, kind


@pytest.mark.parametrize("seed", range(6))
def test_any_number_of_edits_that_change_no_word_change_nothing(seed: int) -> None:
    tracks = sample()
    reference = tracks.pop("en")
    chance, edited = random.Random(seed), reference  # noqa: S311 - it must come again
    for _ in range(12):
        edited = chance.choice((split, merge, retime, spacing))(edited, chance).track
    for track in tracks.values():
        assert [
            line.change for line in standing_of(track, edited, approved(track, reference)).lines if line.change
        ] == []


@pytest.mark.parametrize("seed", range(6))
def test_a_translation_that_is_shifted_split_and_numbered_anew_stays_approved_but_for_its_own_new_lines(
    seed: int,
) -> None:
    tracks = sample()
    reference, track = tracks["en"], tracks["fr"]
    ledger = approved(track, reference)
    chance = random.Random(seed)  # noqa: S311 - it must come again
    shifted = retime(track, chance).track
    standing = standing_of(replace(shifted, cues=tuple(reversed(shifted.cues))), reference, ledger)
    assert standing.is_approved
    cut = split(track, chance).track
    standing = standing_of(cut, reference, ledger)
    assert [line for line in standing.lines if line.is_stale] == []
    assert len(standing.unapproved) in {1, 2}, "the two halves, and nothing else"


def test_scenes_that_changed_places_in_one_language_alone_take_no_approval_and_a_new_text_does() -> None:
    tracks = sample()
    reference, track = tracks["en"], tracks["fr"]
    ledger = approved(track, reference)
    first, second = track.cues[4], track.cues[9]
    turned = replace(
        track,
        cues=(
            *track.cues[:4],
            replace(second, span=first.span),
            *track.cues[5:9],
            replace(first, span=second.span),
            *track.cues[10:],
        ),
    )
    assert not standing_of(turned, reference, ledger).is_approved
    assert standing_of(turned, reference, ledger, is_of_one_film=False).is_approved
    edited = replace(
        reference, cues=(replace(reference.cues[0], lines=("Something else is said now.",)), *reference.cues[1:])
    )
    standing = standing_of(turned, edited, ledger, is_of_one_film=False)
    assert [line.cue for line in standing.unapproved] == [track.cues[0]]


def test_thirteen_tracks_are_put_beside_their_ledgers_in_a_moment() -> None:
    """The aim is 50 ms on a quiet machine (``benchmarks/ledger.py``); a busy one has four times as long."""
    tracks = sample()
    reference = tracks["en"]
    ledgers = {tag: approved(track, reference) for tag, track in tracks.items()}
    edited = seeded_edits(reference, 1)[0].track
    begun = time.process_time()
    for tag, track in tracks.items():
        standing_of(track, edited, ledgers[tag])
    assert time.process_time() - begun < 0.2
