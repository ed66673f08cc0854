"""Whatever command is killed at whatever call: is what is published right, and does the next command put all in order?

Each point is a call that changes a file of the project, before which the command and its programs are killed: half of
its bytes are written then, if it writes. BABELREEL_CHAOS_RUNS says how many points of each kind are tried for each
command, BABELREEL_CHAOS_SEED which ones. About a minute of processor time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from support.faulty_calls import CHANGING, Fault, Kind, needs_gcc
from support.publications import watched_publication
from support.stopped_verbs import BUILD, PUBLISH, VERBS, Place, Verb, luck, undisturbed

pytestmark = [needs_gcc, pytest.mark.timeout(900)]  # the first test of a process builds what all of them copy

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "1"))
SEED = os.environ.get("BABELREEL_CHAOS_SEED", "14")
#: A build does all that the others do; of these, one point among all kinds is enough in each run.
POINTS: list[tuple[Verb, Kind | None, int]] = [
    (BUILD if kind is Kind.LINK else PUBLISH, kind, run) for kind in CHANGING for run in range(RUNS)
]
POINTS += [(verb, None, run) for verb in VERBS if verb is not PUBLISH for run in range(RUNS)]


@pytest.mark.parametrize(("verb", "kind", "run"), POINTS, ids=lambda each: getattr(each, "name", str(each)))
def test_a_command_that_is_killed_leaves_all_in_order_for_the_next(verb: Verb, kind: Kind | None, run: int) -> None:
    expected = undisturbed(verb)
    kinds = {kind} if kind else set(CHANGING)
    call = luck(SEED, verb.name, kind, run).choice([each for each in expected.calls if each.kind in kinds])
    with Place(verb) as place:
        stopped, wrong = place.run(Fault(kinds=(call.kind,), number=call.number))
        told = f"seed {SEED}, {verb.name}, {call.kind.name} {call.number} ({call.path}): {stopped.calls}"
        assert stopped.code == -9 or not stopped.calls, told  # what is young is read once more, so the calls differ
        assert wrong == [], told
        torn = [
            path
            for path, content in place.state().items()
            if path.startswith(("film/subtitles/", "film/video/"))
            and content not in (expected.before.get(path), expected.after.get(path))
            and not path.rpartition("/")[2].startswith(".babelreel-")
        ]
        assert torn == [], told

        again, wrong = place.run_again()

        is_done = verb.name == "rollback" and "no earlier publication" in again.err  # it was killed too late
        assert again.code == 0 or is_done, f"{told}: {again.err}"
        assert wrong == [], told
        assert place.leftovers() == [], told
        assert place.state() == expected.after, told


#: What ends a command, and whether it comes again and again: somebody presses Ctrl-C until it is over.
SIGNALS = [(signal.SIGTERM, False), (signal.SIGHUP, False), (signal.SIGINT, False), (signal.SIGINT, True)]


@pytest.mark.parametrize("run", range(RUNS))
@pytest.mark.parametrize(("sent", "is_sent_again"), SIGNALS)
def test_a_command_that_is_told_to_end_leaves_all_in_order_for_the_next(
    sent: signal.Signals, run: int, *, is_sent_again: bool
) -> None:
    chance = luck(SEED, sent, is_sent_again, run)
    verb = chance.choice([each for each in VERBS if not each.until])
    expected = undisturbed(verb)
    calls = [each for each in expected.calls if each.kind in CHANGING]
    number = chance.randrange(1, len(calls) + 1)
    with Place(verb) as place:
        stopped, wrong = place.run(Fault(kinds=CHANGING, number=number, signal=sent, lasts=is_sent_again))
        told = f"seed {SEED}, {verb.name}, {sent.name} at {number} of {len(calls)}: exit {stopped.code}, {stopped.err}"
        assert stopped.code in {-sent, 130, 0}, told
        assert "Traceback" not in stopped.err, told
        assert wrong == [], told

        again, wrong = place.run_again()

        is_done = verb.name == "rollback" and "no earlier publication" in again.err  # it was told too late
        assert again.code == 0 or is_done, f"{told}: {again.err}"
        assert wrong == [], told
        assert place.leftovers() == [], told
        assert place.state() == expected.after, told


def test_of_two_commands_at_the_same_moment_one_puts_in_order_what_was_killed() -> None:
    (verb,) = (each for each in VERBS if each.name == "build after a killed build")
    expected = undisturbed(verb).visible()
    with Place(verb) as place, watched_publication(place.output) as wrong:
        begun = [
            subprocess.Popen([sys.executable, "-m", "babelreel", word], cwd=place.root, stderr=subprocess.PIPE)
            for word in ("verify", "build")
        ]
        told = [process.communicate()[1] for process in begun]
        assert {process.returncode for process in begun} <= {0, 5}, told
        assert 0 in {process.returncode for process in begun}, told
        assert wrong == []
        again, _ = place.run_again()
        assert again.code == 0
        assert place.leftovers() == []
        assert place.visible() == expected
