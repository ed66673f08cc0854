"""Say how each line of a dub that is published is heard in its mix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from babelreel.app.build.planning import Prepared
from babelreel.graph.store import Entry, Store
from babelreel.model.delivery.manifest import Manifest, PublishedFile
from babelreel.model.json_codec import decode, parse_json
from babelreel.model.sound.mix_levels import DubLevels, MixLevels, levels_of_lines
from babelreel.stages.sound.mix import LEVELS, mix_name


def published_dubs(
    prepared: Prepared,
    entries: Mapping[str, Entry],
    store: Store,
    files: Mapping[str, PublishedFile],
    before: Manifest | None,
) -> Iterator[DubLevels]:
    """Yield what was measured in each mix of which a file is published; of files of an earlier build, what it said."""
    known = {dub.language: dub for dub in before.dubs} if before else {}
    dubbed = {file.language for file in files.values() if file.sound == "dub"}
    for each in prepared.checked.tracks:
        tag, dubbing = each.file.tag, each.dubbing
        entry = entries.get(mix_name(tag))
        if tag in dubbed and entry and dubbing:
            found = decode(parse_json(store.read(entry.digests[LEVELS])), MixLevels)
            yield levels_of_lines(tag, dubbing, found)
        elif tag in dubbed and tag in known:
            yield known[tag]
