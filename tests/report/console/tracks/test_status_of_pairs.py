"""Does the status of a film say what two languages at once wait for?"""

from __future__ import annotations

import json

import pytest

from babelreel.languages.find import find_language
from babelreel.model.delivery.pairs import Pair
from babelreel.model.ledger.entries import State
from babelreel.model.ledger.status import FilmStatus, LanguageStatus, VoiceStatus
from babelreel.report.console.tracks.status import render_status, render_status_json


def language(tag: str, *, errors: int = 0, approved: int = 2) -> LanguageStatus:
    return LanguageStatus(
        language=find_language(tag),
        is_reference=False,
        lines=2,
        states=((State.APPROVED, approved), (State.UNKNOWN, 2 - approved)),
        stale=0,
        rewritten=0,
        approvers=(),
        last="",
        errors=errors,
        warnings=0,
        voice=VoiceStatus(is_whole=False, takes=0, lines=2, changed=0),
        changed=(),
        has_ledger=True,
    )


def film(*languages: LanguageStatus, pairs: tuple[Pair, ...] = (Pair(first="ps", second="nl"),)) -> FilmStatus:
    return FilmStatus(title="Film", reference="en", languages=languages, pairs=pairs)


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        ((language("ps"), language("nl")), "ps+nl: approved"),
        ((language("ps"), language("nl", approved=1)), "ps+nl: not all approved in nl"),
        ((language("ps", approved=0), language("nl", approved=1)), "ps+nl: not all approved in ps and nl"),
        ((language("ps"), language("nl", errors=1, approved=1)), "ps+nl: errors in nl"),
        ((language("ps"),), "ps+nl: nl without subtitles"),
    ],
)
def test_a_pair_waits_for_what_its_languages_wait_for(languages: tuple[LanguageStatus, ...], told: str) -> None:
    assert told in render_status(film(*languages)).splitlines()


def test_programs_read_of_pairs_only_where_there_are_any() -> None:
    both = (language("ps"), language("nl"))
    (found,) = json.loads(render_status_json([film(*both)]))["films"]
    assert found["pairs"] == [{"tag": "ps+nl", "languages": ["ps", "nl"], "approved": True}]
    (bare,) = json.loads(render_status_json([film(*both, pairs=())]))["films"]
    assert "pairs" not in bare
