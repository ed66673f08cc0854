"""Who made a language of the film, who of them may be named, and whether their voice or face may be published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """What somebody did for a language."""

    TRANSLATION = "translation"
    VOICE = "voice"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who did what."""

    role: Work
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageCredits:
    """What is known of the people behind a language: nobody is named who is not among ``named``.

    ``is_voice_agreed`` is ``False`` where the speaker has not agreed that the voice is published, ``None`` where the
    project says nothing of it: then it is published. ``is_signer_agreed`` says the same of an interpreter's face.
    """

    tag: str
    credits: tuple[Credit, ...] = ()
    named: tuple[str, ...] = ()
    is_voice_agreed: bool | None = None
    is_signer_agreed: bool | None = None

    @property
    def shown(self) -> tuple[Credit, ...]:
        """Those who may be named."""
        return tuple(credit for credit in self.credits if credit.name in self.named)
