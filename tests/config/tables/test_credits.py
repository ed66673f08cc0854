"""What a volunteer writes of the people behind a language, and who of them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.config.read import read_project
from babelreel.errors import ConfigError
from babelreel.model.credits import Credit, LanguageCredits, Work

TOML = """
[credits.fra]
translation = ["Amina B.", "Jan"]
voice = ["Karim"]
[consent.fr]
named = ["Amina B.", "Karim"]
"""


def people(folder: Path, toml: str) -> LanguageCredits:
    (folder / "babelreel.toml").write_text(toml, encoding="utf-8")
    return read_project(folder).credits_of("fr")


def test_nobody_is_named_who_did_not_agree(tmp_path: Path) -> None:
    assert people(tmp_path, TOML).shown == (
        Credit(role=Work.TRANSLATION, name="Amina B."),
        Credit(role=Work.VOICE, name="Karim"),
    )
    assert people(tmp_path, '[credits.fr]\nvoice = ["Karim"]\n').shown == ()


def test_a_voice_is_published_unless_somebody_writes_that_its_speaker_has_not_agreed(tmp_path: Path) -> None:
    assert people(tmp_path, "").is_voice_agreed is None
    assert people(tmp_path, TOML).is_voice_agreed is None
    assert people(tmp_path, "[consent.fr]\nvoice = false\n").is_voice_agreed is False


def test_so_is_the_face_of_an_interpreter_who_signs(tmp_path: Path) -> None:
    assert people(tmp_path, TOML).is_signer_agreed is None
    found = people(tmp_path, "[consent.fr]\nsigner = false\n")
    assert (found.is_signer_agreed, found.is_voice_agreed) == (False, None)


def test_a_name_that_only_the_consent_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        people(tmp_path, TOML.replace('voice = ["Karim"]', 'voice = ["Karima"]'))
    assert caught.value.faults == ("consent.fr.named: “Karim” is not in [credits.fr]",)
