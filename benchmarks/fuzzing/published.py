"""Groups ``manifest`` and ``store``: what babelreel itself has written, and somebody else has damaged."""

from __future__ import annotations

import json
import random
import shutil
from functools import cache
from pathlib import Path

from fuzzing.bounded import Check
from fuzzing.mutators import JSON_TOKENS, TEXTS, damage_bytes, damage_document, write_json
from fuzzing.projects import use_temporary_folder
from fuzzing.promises import BrokenPromiseError, call

_SETTINGS = """\
title = "Film"
[delivery]
leaflets = false
archive = ["mkv"]
address = "https://example.org/f/"
"""
_TOKENS = tuple(
    token.encode()
    for token in (
        *(
            "<!--",
            "url(",
            "href=",
            '"',
            "'",
            ">",
            "&",
            "\0",
            "\x1b",
            "#EXTM3U",
            "#EXT-X-MAP:URI=",
            "../",
            "/etc/passwd",
            "\n",
        ),
        *(
            "<MPD>",
            "<BaseURL>",
            "<S t='0' d='1'/>",
            "NOTE\n",
            "00:00.000 --> 00:01.000\n",
            "WEBVTT",
            "  ",
            "  manifest.json\n",
        ),
        *("<a>" * 2000, "file:", "http://", "%2e%2e/", "//x/", "srcset=", "\u202e", "manifest.json", "SHA256SUMS"),
    )
)


def lay_published(folder: Path, *, publications: int) -> Path:
    """Make a small project that is built so many times, each time with another text."""
    from support.films import make_film  # noqa: PLC0415 - in the worker
    from support.projects import AR, FR, babelreel, make_project  # noqa: PLC0415 - the same

    film = make_film(folder / "film.mp4", seconds=2, size="64x36")
    root = make_project(folder / "whole", {"fr.srt": FR, "ar.srt": AR}, film=film, settings=_SETTINGS)
    for number in range(publications):
        (root / "subtitles/fr.srt").write_text(FR.replace("droits", f"{number} droits"), "utf-8")
        done = babelreel(root, "build", "--only", "phone-360p")
        if done.code:
            raise RuntimeError(done.err)
    return root


def prepare_manifest(folder: Path) -> Check:
    """Give the check that damages what is published and what is kept of it, and runs the verbs that read it."""
    use_temporary_folder(folder)
    whole = lay_published(folder, publications=2)
    verbs = (
        *(("verify",),) * 3,
        ("withdraw", "fr"),
        ("withdraw", "ar"),
        ("rollback",),
        ("clean", "--output"),
        ("check",),
    )

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        root = _copy(whole, folder / "project")
        secret = folder / "secret.txt"
        secret.write_text("secret", "utf-8")
        for _ in range(chance.choice((1, 1, 2))):
            _damage_published(root, chance)
        call(root, *chance.choice(verbs))
        if secret.read_text("utf-8") != "secret":
            raise BrokenPromiseError("a file outside of the project was changed")

    return check


def _damage_published(root: Path, chance: random.Random) -> None:
    earlier = sorted((root / ".babelreel/earlier").rglob("manifest.json"))
    manifest = chance.choice((root / "output/manifest.json", root / "output/manifest.json", *earlier))
    match chance.randrange(6):
        case 0 | 1 | 2:
            _damage_json(manifest, chance)
        case 3:
            _lay_journal(root / "output", chance)
        case 4:
            files = [path for path in (root / "output").rglob("*") if path.is_file() and path.name != "manifest.json"]
            path = chance.choice(sorted(files))
            _overwrite(path, damage_bytes(path.read_bytes(), chance, _TOKENS))
            if chance.random() < 0.7:  # noqa: PLR2004 - mostly, or nobody looks further
                _list_again(root / "output", path)
        case _:
            path = root / "output/SHA256SUMS"
            _overwrite(path, damage_bytes(path.read_bytes(), chance, _TOKENS))


def _overwrite(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


def _damage_json(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    if chance.random() < 0.15:  # noqa: PLR2004 - some
        _overwrite(path, damage_bytes(data, chance, JSON_TOKENS))
        return
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):  # it was damaged before
        return
    try:
        _overwrite(path, write_json(damage_document(document, chance), chance))
    except RecursionError:
        _overwrite(path, data)


def _list_again(output: Path, path: Path) -> None:
    """Make the manifest say that the damaged file is what was published, so that what it holds is looked at."""
    from hashlib import sha256  # noqa: PLC0415 - in the worker

    manifest = output / "manifest.json"
    try:
        document = json.loads(manifest.read_text("utf-8"))
        for file in document["files"]:
            if file["path"] == path.relative_to(output).as_posix():
                file |= {"bytes": path.stat().st_size, "sha256": sha256(path.read_bytes()).hexdigest()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    _overwrite(manifest, json.dumps(document).encode())


def _lay_journal(output: Path, chance: random.Random) -> None:
    """Lay what a killed run leaves, and damage it."""
    staging = output / ".incoming"
    (staging / "new/fr").mkdir(parents=True, exist_ok=True)
    (staging / "old").mkdir(exist_ok=True)
    for name in ("new/fr/index.html", "new/index.html", "new/manifest.json"):
        (staging / name).write_bytes(b"{}" if name.endswith("json") else b"<p>new</p>")
    placed = ["fr/index.html", "index.html", "SHA256SUMS", "manifest.json"]
    document = {"placed": placed, "removed": ["ar/cues.js"], "is_kept": True, "version": 1}
    if chance.random() < 0.3:  # noqa: PLR2004 - some
        document["placed"] = [
            *placed,
            chance.choice((*TEXTS[:40], "../../secret.txt", "fr", ".incoming/old", "fr/index.html/x")),
        ]
    (staging / "journal.json").write_bytes(write_json(damage_document(document, chance), chance))


def prepare_store(folder: Path) -> Check:
    """Give the check that damages the store and the notes, and plans and builds with them."""
    use_temporary_folder(folder)
    whole = lay_published(folder, publications=1)

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        root = _copy(whole, folder / "project")
        is_built = chance.random() < 0.03  # noqa: PLR2004 - a build encodes again what was lost
        for _ in range(chance.choice((1, 1, 2, 4))):
            _damage_stored(root / ".babelreel", chance)
        _read_store(root)
        if not is_built:
            call(root, *chance.choice((("plan", "--only", "phone-360p"), ("plan", "--why"), ("check",), ("clean",))))
            return
        call(root, "build", "--only", "phone-360p")
        code, text = call(root, "verify")
        if code:
            raise BrokenPromiseError(f"what was built from a damaged store is not right: {text[-500:]}")

    return check


def _damage_stored(state: Path, chance: random.Random) -> None:
    kinds = ("notes/**/*.json", "store/keys/**/*.jsonl", "store/last.json", "store/files/*/*", "store/running/**/*")
    paths = sorted(path for path in state.glob(chance.choice(kinds)) if path.is_file())
    if not paths:
        return
    path = chance.choice(paths)
    data = path.read_bytes()
    if path.suffix == ".json" and chance.random() < 0.7:  # noqa: PLR2004 - mostly
        _damage_json(path, chance)
    elif path.suffix == ".jsonl" and chance.random() < 0.5:  # noqa: PLR2004 - often
        first, second = data.split(b"\n") if data.count(b"\n") == 1 else (data, b"{}")
        try:
            second = write_json(damage_document(json.loads(second), chance), chance)
        except (ValueError, RecursionError):
            second = b"[" * 100_000
        _overwrite(path, first + b"\n" + second)
    else:
        _overwrite(path, damage_bytes(data, chance, (*JSON_TOKENS, b"\n", b"\0" * 100)))


def _read_store(root: Path) -> None:
    """Ask for all that the store holds, as a build does."""
    from babelreel.errors import BabelreelError  # noqa: PLC0415 - in the worker
    from babelreel.graph.folder_store import FolderStore  # noqa: PLC0415 - the same

    store = FolderStore(root / ".babelreel/store")
    store.last_keys()
    for path in sorted((root / ".babelreel/store/keys").glob("??/*.jsonl")):
        store.document(path.stem)
        entry = store.find([path.stem]).get(path.stem)
        for artifact in entry.artifacts if entry else ():
            try:
                store.read(artifact.digest)
            except BabelreelError:
                continue


def _copy(whole: Path, root: Path) -> Path:
    """Copy a project, with the film and what is stored by links: nobody writes into these."""
    shutil.rmtree(root, ignore_errors=True)
    for path in _files(whole):
        target = root / path.relative_to(whole)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return root


@cache
def _files(whole: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in whole.rglob("*") if path.is_file()))
