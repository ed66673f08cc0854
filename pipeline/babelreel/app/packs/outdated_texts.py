"""Take texts out of packs that say something else than the project does now: a number under ``[[help]]``, an address.

The manifest knows nothing of them, so only somebody who has the project can find them.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from babelreel.app.packs.pack_list import packs_in, take_out
from babelreel.app.packs.packable import packable
from babelreel.app.packs.planning import PackText, plan_text
from babelreel.model.delivery.manifest import Manifest
from babelreel.model.delivery.packs import PLATFORMS, Kind, PackedFile, Platform
from babelreel.model.project import Project


def remove_outdated_texts(project: Project, output: Path, manifest: Manifest) -> None:
    """Remove each text to paste that ``pack`` would write in another way now; its pack is not whole any more.

    A pack with an old number sends a child to nobody.
    """
    platforms = {each.name: each for each in PLATFORMS}
    for folder, pack in packs_in(output):
        if platform := platforms.get(pack.platform):
            texts = (file for file in pack.files if file.kind is Kind.TEXT)
            gone = tuple(file for file in texts if not _is_said_now(project, manifest, platform, file))
            take_out(folder, pack, gone, is_whole=False)


def _is_said_now(project: Project, manifest: Manifest, platform: Platform, file: PackedFile) -> bool:
    published = packable(manifest).get(file.language)
    if published is None:
        return False
    text = plan_text(project, manifest.slug, platform, published)
    return isinstance(text, PackText) and sha256(text.content).hexdigest() == file.sha256
