"""What of a publication shows or lets hear somebody who has not agreed to it."""

from __future__ import annotations

from babelreel.errors import UsageError
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role
from babelreel.model.delivery.pairs import languages_in
from babelreel.model.film.ladder.encoding_ladder import Sound
from babelreel.model.film.signed import is_signed
from babelreel.model.project import Project


def shows_signer(file: PublishedFile) -> bool:
    """Tell whether an interpreter is seen in a file."""
    return file.role is Role.SIGNED or is_signed(file.rendition)


def refuse_without_consent(project: Project, manifest: Manifest) -> None:
    """Raise ``UsageError`` where an earlier publication has a voice or a face whose owner does not agree."""
    for file in manifest.files:
        for tag in languages_in(file.language):
            credits_ = project.credits_of(tag)
            if file.sound == Sound.DUB and credits_.is_voice_agreed is False:
                raise _withheld(tag, "its voice", "the speaker")
            if shows_signer(file) and credits_.is_signer_agreed is False:
                raise _withheld(tag, "its interpreter", "the interpreter")


def _withheld(tag: str, what: str, who: str) -> UsageError:
    return UsageError(
        what=f"The earlier publication of {tag} has {what}, and {who} has not agreed.",
        where=f"[consent.{tag}] in babelreel.toml",
        hint=f"“babelreel withdraw LANG” takes a language back. Correct its files, and build again without {what}.",
    )
