"""Group ``translators``: files that translators send back, in every form."""

from __future__ import annotations

import random
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from fuzzing.bounded import Check
from fuzzing.mutators import damage_bytes
from fuzzing.promises import BrokenPromiseError

_TOKENS = tuple(
    token.encode()
    for token in (
        *("<", ">", "/>", "&", "&#0;", "&x;", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "<c/>", "<row>", "<v>99999999999</v>"),
        *('r="A1048577"', 'r="ZZZ1"', 't="s"', 't="inlineStr"', "<w:tbl>", "<w:tc>", "<unit>", "<target>", "\0", '"'),
        *("msgid", "msgstr", "#~", "#|", "\\", "\n", "[0]", "\ufffe", "_x0000_", "_xD800_"),
    )
)


def prepare_translators(folder: Path) -> Check:  # noqa: ARG001 - nothing is written
    """Give the check that reads a damaged file."""
    from babelreel.timedtext.exchange.forms import Form, write_sheet  # noqa: PLC0415 - in the worker
    from support.sheets import sheet_of  # noqa: PLC0415 - the same

    files: Mapping[str, bytes] = {
        f"film.{form.ending}": write_sheet(sheet_of(), form) for form in Form if form not in {Form.SRT, Form.PAGE}
    }

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        name = chance.choice(sorted(files))
        data = files[name]
        if name.endswith("x") and chance.random() < 0.8:  # noqa: PLR2004 - most: a damaged zip is soon refused
            _read(_damaged_part(data, chance), name)
        else:
            _read(damage_bytes(data, chance, _TOKENS), name)

    return check


def _damaged_part(data: bytes, chance: random.Random) -> bytes:
    """Damage one part of a packed file."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        names = [name for name in old.namelist() if name.endswith(".xml")]
        hit = chance.choice(names)
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, damage_bytes(content, chance, _TOKENS) if name == hit else content)
    return out.getvalue()


def _read(data: bytes, name: str) -> None:
    from babelreel.errors import UsageError  # noqa: PLC0415 - in the worker
    from babelreel.timedtext.exchange.forms import read_returned  # noqa: PLC0415 - the same

    try:
        returned = read_returned(data, name)
    except UsageError:
        return
    if any(row.key and not row.key.language for row in returned.rows):
        raise BrokenPromiseError("a key of no language")
