"""Whatever call the system refuses to a command: does it say so in words, lose nothing, and does the next run go on?

Each point is a call on a file of the project that fails once, or from then on with all others of its kind. See
test_killed_anywhere.py for the variables. About a minute of processor time.
"""

from __future__ import annotations

import errno
import os
import re

import pytest

from support.faulty_calls import Call, Fault, Kind, needs_gcc
from support.stopped_verbs import BUILD, PUBLISH, VERBS, Place, Verb, luck, undisturbed, visible

pytestmark = [needs_gcc, pytest.mark.timeout(900)]  # the first test of a process builds what all of them copy

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "1"))
SEED = os.environ.get("BABELREEL_CHAOS_SEED", "14")

_CREATING = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EACCES)
#: What the system may answer to a call of each kind.
ERRORS = {
    Kind.RENAME: _CREATING,
    Kind.LINK: _CREATING,
    Kind.UNLINK: (errno.EIO, errno.EACCES),
    Kind.MKDIR: _CREATING,
    Kind.FSYNC: (errno.EIO, errno.ENOSPC, errno.EDQUOT),
    Kind.CHANGE: (errno.EIO, errno.EACCES),
    Kind.OPEN_TO_WRITE: (*_CREATING, errno.EMFILE),
    Kind.WRITE: (errno.EIO, errno.ENOSPC, errno.EDQUOT),
    Kind.OPEN: (errno.EIO, errno.EACCES, errno.EMFILE),
    Kind.READ: (errno.EIO,),
    Kind.LIST: (errno.EIO, errno.EACCES, errno.EMFILE),
    Kind.STAT: (errno.EIO, errno.EACCES),
}
#: The call did not matter; some of the work could not be done; the machine fails; the disk is full.
CODES = {0, 3, 4, 6}
POINTS: list[tuple[Verb, Kind | None, int]] = [
    (BUILD if kind is Kind.LINK else PUBLISH, kind, run) for kind in Kind for run in range(RUNS)
]
POINTS += [(verb, None, run) for verb in VERBS if verb is not PUBLISH for run in range(RUNS)]


def places(calls: tuple[Call, ...], kinds: set[Kind]) -> list[Call]:
    """Give one call for each file and kind: a file that is looked at forty times is one place all the same."""
    found = {(re.sub(r"[0-9a-f]{16,}|tmp\w{8}|#\d+", "*", call.path), call.name, call.kind): call for call in calls}
    return [call for call in found.values() if call.kind in kinds]


@pytest.mark.parametrize(("verb", "kind", "run"), POINTS, ids=lambda each: getattr(each, "name", str(each)))
def test_a_call_that_fails_takes_nothing_away(verb: Verb, kind: Kind | None, run: int) -> None:
    expected = undisturbed(verb)
    chance = luck(SEED, verb.name, kind, run)
    call = chance.choice(places(expected.calls, {kind} if kind else set(Kind)))
    fault = Fault(
        kinds=(call.kind,), number=call.number, error=chance.choice(ERRORS[call.kind]), lasts=chance.random() < 0.5
    )
    # what cannot be finished is undone, and only a build does it again
    ends = [expected.visible()] + [visible(undisturbed(PUBLISH).before)] * (verb.next_words == ("verify",))
    with Place(verb) as place:
        before = place.published()
        failed, wrong = place.run(fault)
        told = (
            f"seed {SEED}, {verb.name}, {call}, {errno.errorcode[fault.error]}, lasts: {fault.lasts}: "
            f"{failed.calls}, exit {failed.code}: {failed.err[-1500:]}"
        )
        assert failed.code in CODES, told
        assert "Traceback" not in failed.err, told
        assert wrong == [], told
        if verb in {BUILD, PUBLISH} and (place.output / "manifest.json").exists():
            lost = {path for path in before - place.published() if not path.startswith(("ar/", "stream/"))}
            assert lost == set(), told

        again, wrong = place.run_again()

        is_done = verb.name == "rollback" and "no earlier publication" in again.err  # nothing was in its way
        assert again.code == 0 or is_done, f"{told}; then {again.err}"
        assert wrong == [], told
        assert place.leftovers() == [], told
        assert place.visible() in ends, told
