"""Let one machine at a time plan and publish a project that several could.

The holder renews an object by conditional put; whoever finds it without renewal for a while, by the store's clock, may
take it over in the same way. In a folder, which has no such put, the lock of the file system takes its place.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import secrets
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from babelreel.errors import BabelreelError, LockedError, MachineError
from babelreel.graph.bucket import Bucket, Stat
from babelreel.graph.key import canonical_json
from babelreel.graph.lock import hold_project
from babelreel.graph.shared.clock import StoreClock
from babelreel.graph.shared.goodbye import GOODBYE_S, hurried, taken_soon
from babelreel.graph.shared.layout import lease_path
from babelreel.system_errors import house_errors

#: How often the holder renews it, in seconds.
_RENEWAL_S = 20.0
#: A holder silent for so long, by the store's clock, has ended, or must check the lease when it comes back.
_LIFE_S = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """A run that holds a project: ``run`` is its own, ``home`` the folder it works in, ``who`` is for people."""

    run: str
    home: str
    who: str


#: Who gave the lease back.
_NOBODY = _Holder(run="", home="", who="")


class Lease:
    """The right to work on a project, as long as ``check`` says so."""

    def check(self) -> None:
        """Renew it: required right before the manifest is published; raises ``LockedError`` when it is lost."""


@contextmanager
def hold_lease(bucket: Bucket, project: str, state_dir: Path) -> Iterator[Lease]:
    """Hold a project for one run, on whatever machine; ``project`` names it in the store.

    The caller holds ``state_dir`` by its lock: an earlier run there that has the lease was killed, and is not waited
    for. Raises ``LockedError`` at once when another run holds it, ``MachineError`` when the store does not answer.
    """
    if bucket.is_folder:
        with hold_project((Path(bucket.address) / lease_path(project)).parent):
            yield Lease()
        return
    lease = _BucketLease(bucket, project, state_dir)
    lease.take()
    ended = threading.Event()
    renewing = threading.Thread(target=lease.renew_until, args=(ended,), daemon=True)
    renewing.start()
    try:
        yield lease
    finally:
        ended.set()
        renewing.join(GOODBYE_S)
        lease.give_back()


class _BucketLease(Lease):
    """An object that names its holder; each renewal is a put that only succeeds on what we put before."""

    def __init__(self, bucket: Bucket, project: str, state_dir: Path) -> None:
        self._bucket, self._path = bucket, lease_path(project)
        self._me = _Holder(run=secrets.token_hex(8), home=_home(state_dir), who=_who())
        self._renewing = threading.Lock()
        self._version: Mapping[str, str] = {}
        self._count = 0
        self._is_lost = False

    def take(self) -> None:
        """Take the lease if nobody has it, or if its holder has fallen silent."""
        there = self._bucket.create(self._path, self._content())
        if there is None:
            self._look()
            return
        holder = self._holder()
        if holder == self._me:  # the answer to our own put got lost
            self._look()
        elif holder == _NOBODY or holder.home == self._me.home or self._is_dead(there):
            self._replace(there.version)
        else:
            raise self._locked(holder)

    def check(self) -> None:
        """Renew the lease; raises ``LockedError`` when it is lost."""
        with self._renewing:
            if self._is_lost:
                raise self._locked(self._holder())
            self._replace(self._version)

    def renew_until(self, ended: threading.Event) -> None:
        """Renew the lease until the run has ended or the lease is lost."""
        while not ended.wait(_RENEWAL_S):
            try:
                self.check()
            except LockedError:
                return
            except MachineError:  # publishing asks again
                continue

    def give_back(self) -> None:
        """Release it for others at once, if it is still ours; where the store is dead, it ends by itself."""
        with taken_soon(self._renewing) as is_taken, suppress(BabelreelError):
            if is_taken and not self._is_lost:
                self._me = _NOBODY
                self._bucket = hurried(self._bucket)
                self._replace(self._version)

    def _replace(self, version: Mapping[str, str]) -> None:
        new = self._bucket.replace(self._path, self._content(), version)
        if new is not None:
            self._version = new
        else:
            self._look()  # it may be our own put whose answer got lost

    def _look(self) -> None:
        there = self._bucket.stat(self._path)
        holder = self._holder()
        if there is None or holder != self._me:
            self._is_lost = True
            raise self._locked(holder)
        self._version = there.version

    def _is_dead(self, there: Stat) -> bool:
        return (StoreClock(self._bucket).ask() - there.modified).total_seconds() > _LIFE_S

    def _content(self) -> bytes:
        self._count += 1  # each renewal is another version
        return canonical_json({**asdict(self._me), "count": self._count})

    def _holder(self) -> _Holder:
        content = self._bucket.read(self._path)
        try:
            document = json.loads(content or b"{}")
            return _Holder(run=str(document["run"]), home=str(document["home"]), who=str(document["who"]))
        except (ValueError, KeyError, TypeError):
            return _NOBODY

    def _locked(self, holder: _Holder) -> LockedError:
        return LockedError(
            what="Another run of babelreel is working on this project, or has taken it over.",
            where=f"{self._bucket.address}/{self._path}",
            why=f"held by {holder.who}" if holder.who else "",
            hint=f"Wait until it has ended. If it was killed, the project is free {_LIFE_S:.0f} seconds after that.",
        )


def _who() -> str:
    try:
        return f"{getpass.getuser()} on {socket.gethostname()}"
    except (OSError, KeyError):  # a container without a name for its user
        return socket.gethostname()


def _home(state_dir: Path) -> str:
    """Name a folder on this machine: a copy of it, on whatever machine, has another name."""
    with house_errors(state_dir):
        stat = state_dir.stat()
    name = f"{socket.gethostname()} {state_dir.absolute()} {stat.st_dev} {stat.st_ino}"
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
