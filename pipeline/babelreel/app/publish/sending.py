"""Send what is published in ``output/`` to where the web finds it: content first, then the manifest, then clean up.

What lies there is known by the SHA256SUMS there. While files are on their way the sums say of each that it may be
anything, so that a run that is cut off leaves no doubt: the next one sends these again, and takes away what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from babelreel.app.publish.history import settle
from babelreel.app.publish.places import Place
from babelreel.delivery.manifest import parse_manifest, parse_sums, render_sums
from babelreel.errors import DamagedError, UsageError
from babelreel.graph.files import digest_file
from babelreel.graph.lock import hold_project
from babelreel.model.delivery.manifest import Manifest, Role
from babelreel.model.delivery.publication import Sent
from babelreel.model.delivery.published_paths import DESCRIPTIONS, MANIFEST, SCHEMA, SUMS, is_segment
from babelreel.model.project import Project
from babelreel.regular_files import read_regular

#: Files on their way at once: enough to fill a line with small ones.
_AT_ONCE = 8
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
#: Stands for the digest of a file that is on its way.
_ANYTHING = "0" * 64
#: As much is sent again, at most, after a run that was cut off: two minutes at 4 Mbit/s.
_BATCH_BYTES = 64_000_000
_TYPES = {SCHEMA: "application/json", MANIFEST: "application/json", SUMS: "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parcel:
    path: str
    mime: str
    sha256: str
    size: int
    is_page: bool


def send_project(project: Project, place: Place) -> Sent:
    """Send the project's ``output/`` while no other run changes it; raises what ``send`` does, and ``LockedError``."""
    output = project.root / project.output_dir
    settle(project, output)
    with hold_project(project.state_dir):
        return send(output, place)


def send(output: Path, place: Place) -> Sent:
    """Make a place hold what the manifest in ``output`` lists, and return what was sent and removed.

    A file goes that was not sent before with the same digest, or that is not there with the same length. Pages follow
    what they show, then comes the manifest. Only then are files removed, and only those that were sent before. Raises
    ``UsageError`` where nothing is published, where the place holds what a later version published, or where a file of
    somebody else is in the way; ``DamagedError`` for a file that is not what the manifest says.
    """
    manifest = _here(output)
    described = _descriptions(output, manifest)
    parcels = [
        _Parcel(path=each.path, mime=each.mime, sha256=each.sha256, size=each.bytes, is_page=each.role is Role.PAGE)
        for each in manifest.files
    ]
    wanted = {each.path for each in parcels} | described.keys()
    sizes = place.sizes()
    sums = _sums_there(place)
    ours = frozenset() if sums is None else {*sums, *DESCRIPTIONS}
    _refuse_strangers(place, sizes.keys() - ours, sorted(wanted))
    sums = sums or {}
    fresh = [each for each in parcels if (sums.get(each.path), sizes.get(each.path)) != (each.sha256, each.size)]
    stale = sorted((sums.keys() & sizes.keys()) - wanted)
    if fresh or stale or any(place.read(path) != content for path, content in described.items()):
        known = dict(sums) | dict.fromkeys((MANIFEST, *(each.path for each in fresh)), _ANYTHING)
        _describe(place, SUMS, _render(known))
        for batch in _batches(fresh):
            _send_all(output, place, batch)
            known |= {each.path: each.sha256 for each in batch}
            _describe(place, SUMS, _render(known))
        for path in (SCHEMA, MANIFEST):
            _describe(place, path, described[path])
        place.delete(stale)
        _describe(place, SUMS, described[SUMS])
    return Sent(address=place.address, sent=len(fresh), sent_bytes=sum(each.size for each in fresh), removed=len(stale))


def _batches(parcels: Iterable[_Parcel]) -> Iterator[list[_Parcel]]:
    """Part what is to be sent: pages after what they show, and each part small enough to be sent again."""
    batch: list[_Parcel] = []
    for each in sorted(parcels, key=lambda parcel: parcel.is_page):
        if batch and (each.is_page != batch[0].is_page or sum(one.size for one in batch) + each.size > _BATCH_BYTES):
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _describe(place: Place, path: str, content: bytes) -> None:
    place.put(path, content, mime=_TYPES[path], cache=_ASK_AGAIN)


def _render(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()


def _here(output: Path) -> Manifest:
    try:
        return parse_manifest(read_regular(output / MANIFEST).decode())
    except (OSError, ValueError) as error:
        raise UsageError(
            what="Nothing is published here that could be sent.",
            where=str(output),
            hint="Run babelreel build first, and see what it says.",
        ) from error


def _descriptions(output: Path, manifest: Manifest) -> Mapping[str, bytes]:
    """Read what describes the files; a name that a flipped bit has made in the sums must not be believed elsewhere."""
    found = {path: read_regular(output / path) for path in DESCRIPTIONS}
    digests = {path: sha256(found[path]).hexdigest() for path in (MANIFEST, SCHEMA)}
    if found[SUMS] != render_sums(manifest, digests).encode():
        raise _damaged(output / SUMS)
    return found


def _sums_there(place: Place) -> Mapping[str, str] | None:
    """Read the digest of each file that was sent there, as far as it is known; ``None`` where nothing ever was."""
    sums = parse_sums((place.read(SUMS) or b"").decode(errors="replace"))
    sums = sums if MANIFEST in sums else {}  # else they are somebody else's
    content = place.read(MANIFEST)
    if content is None:
        return sums or None
    try:
        listed = [file.path for file in parse_manifest(content.decode()).files]
    except ValueError as error:
        raise UsageError(
            what="The place holds a manifest.json that this version of babelreel cannot read.",
            where=place.address,
            why=str(error),
            hint="Choose another place, or upgrade babelreel, or move away what lies there.",
        ) from error
    if sums.get(MANIFEST) == sha256(content).hexdigest():
        # nothing is on its way, and the manifest is whole: a name that only the sums have may be somebody else's
        sums = {path: digest for path, digest in sums.items() if path in {*listed, *DESCRIPTIONS}}
    return dict.fromkeys(listed, _ANYTHING) | dict(sums)


def _refuse_strangers(place: Place, there: Collection[str], wanted: Iterable[str]) -> None:
    in_the_way = next((path for path in wanted if path in there), None)
    if in_the_way:
        raise UsageError(
            what=f"{in_the_way} lies there already, and babelreel did not send it.",
            where=place.address,
            hint="Choose an empty place, or move that file away.",
        )


def _send_all(output: Path, place: Place, parcels: Iterable[_Parcel]) -> None:
    """Send files side by side; the first error ends it when those on their way have arrived."""

    def send_one(parcel: _Parcel) -> None:
        path = output / parcel.path
        if digest_file(path) != parcel.sha256:
            raise _damaged(path)
        place.put(parcel.path, path, mime=parcel.mime, cache=_FOR_EVER if is_segment(parcel.path) else _ASK_AGAIN)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="send") as threads:
        futures = [threads.submit(send_one, each) for each in parcels]
        try:
            for each in futures:
                each.result()
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise


def _damaged(path: Path) -> DamagedError:
    return DamagedError(
        what="A published file is not what was published.",
        where=str(path),
        hint="Run babelreel build, which puts it back, then send again.",
    )
