from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from babelreel.errors import LockedError, MachineError
from babelreel.graph.bucket import Bucket
from babelreel.graph.shared import lease as leases
from babelreel.graph.shared.layout import lease_path
from babelreel.graph.shared.lease import hold_lease
from babelreel.graph.shared.opening import open_shared
from support.shared_stores import in_both


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    homes = tmp_path / "one", tmp_path / "two"
    for each in homes:
        each.mkdir()
    return homes


@in_both
def test_a_second_run_is_refused_in_words_and_the_first_goes_on(address: str, homes: tuple[Path, Path]) -> None:
    with hold_lease(open_shared(address), "rights", homes[0]) as first:
        with (
            pytest.raises(LockedError, match="Another run of babelreel is working on this project") as told,
            hold_lease(open_shared(address), "rights", homes[1]),
        ):
            pass
        assert told.value.exit_code == 5
        first.check()
        with hold_lease(open_shared(address), "health", homes[1]):  # another film
            first.check()


@in_both
def test_it_is_free_as_soon_as_the_run_has_ended(address: str, homes: tuple[Path, Path]) -> None:
    for home in (homes[0], homes[1], homes[0]):
        with hold_lease(open_shared(address), "rights", home) as lease:
            lease.check()


def test_of_many_runs_at_once_one_holds_it(bucket: str, tmp_path: Path) -> None:
    opened = open_shared(bucket)
    entered: list[int] = []
    all_tried = threading.Barrier(8)

    def run(number: int) -> None:
        home = tmp_path / str(number)
        home.mkdir()
        try:
            with hold_lease(opened, "rights", home):
                entered.append(number)
                all_tried.wait(30)
        except LockedError:
            all_tried.wait(30)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(entered) == 1


def killed(bucket: Bucket, home: Path) -> leases.Lease:
    """Hold a project as a run does that is killed: nobody renews it or gives it back."""
    lease = leases._BucketLease(bucket, "rights", home)
    lease.take()
    return lease


def test_a_run_that_was_killed_is_given_up_by_the_clock_of_the_store(
    bucket: str, homes: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_shared(bucket)
    zombie = killed(opened, homes[0])
    with pytest.raises(LockedError), hold_lease(opened, "rights", homes[1]):
        pass
    monkeypatch.setattr(leases, "_LIFE_S", 1.0)
    monkeypatch.setattr(time, "time", lambda: 0.0)  # the clock of this machine says 1970
    time.sleep(2.5)
    with hold_lease(opened, "rights", homes[1]) as heir:
        with pytest.raises(LockedError):  # it was only asleep: it must not publish
            zombie.check()
        with pytest.raises(LockedError):
            zombie.check()
        heir.check()


def test_the_next_run_in_the_same_folder_need_not_wait_for_one_that_was_killed(
    bucket: str, homes: tuple[Path, Path]
) -> None:
    opened = open_shared(bucket)
    killed(opened, homes[0])
    with hold_lease(opened, "rights", homes[0]) as lease:
        lease.check()


def test_it_is_renewed_while_the_run_works(
    bucket: str, homes: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "_RENEWAL_S", 0.2)
    monkeypatch.setattr(leases, "_LIFE_S", 3.0)
    opened = open_shared(bucket)
    with hold_lease(opened, "rights", homes[0]) as lease:
        time.sleep(4.5)
        with pytest.raises(LockedError), hold_lease(opened, "rights", homes[1]):
            pass
        lease.check()


def test_an_answer_that_got_lost_does_not_lose_it(
    bucket: str, homes: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_shared(bucket)
    replace = Bucket.replace
    with hold_lease(opened, "rights", homes[0]) as lease:
        # the put is done, its answer does not come, and the same put again is told "there is another one by now"
        monkeypatch.setattr(Bucket, "replace", lambda *words: replace(*words) and None)
        lease.check()
        monkeypatch.undo()
        lease.check()


def test_a_lease_that_somebody_took_away_is_lost(bucket: str, homes: tuple[Path, Path]) -> None:
    opened = open_shared(bucket)
    with hold_lease(opened, "rights", homes[0]) as lease:
        opened.delete([lease_path("rights")])
        with pytest.raises(LockedError):
            lease.check()


def test_a_store_that_is_silent_is_no_lost_lease_but_nothing_is_published(
    bucket: str, homes: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> None:
        raise MachineError(what="silence")

    opened = open_shared(bucket)
    with hold_lease(opened, "rights", homes[0]) as lease:
        monkeypatch.setattr(Bucket, "replace", silent)
        with pytest.raises(MachineError, match="silence"):
            lease.check()
        monkeypatch.undo()
        lease.check()
