"""What the tables ``[credits.fr]`` and ``[consent.fr]`` of babelreel.toml hold, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import Field

from babelreel.config.tables.section import Heading, Section
from babelreel.model.credits import Credit, LanguageCredits, Work

Names = Annotated[list[Heading], Field(max_length=100)]


class CreditsTable(Section):
    """Who made a language; nobody is named anywhere whom [consent] does not list."""

    translation: Names = Field(default_factory=list, description="Who translated the film.")
    voice: Names = Field(default_factory=list, description="Whose voice is heard.")
    review: Names = Field(default_factory=list, description="Who checked the text.")


class ConsentTable(Section):
    """What the people behind a language agreed to."""

    named: Names = Field(default_factory=list, description="Who may be named on the page and in the manifest.")
    voice: bool | None = Field(None, description="false: the speaker has not agreed, and the voice is not published.")
    signer: bool | None = Field(
        None, description="false: the interpreter who signs has not agreed, and no film shows them."
    )


def read_credits(
    written: Mapping[str, CreditsTable],
    agreed: Mapping[str, ConsentTable],
    tag: Callable[[str, str], str],
    faults: list[str],
) -> tuple[LanguageCredits, ...]:
    """Read what both tables say of each language; a name that only [consent] knows is a fault: it may be mistyped."""
    people_of = {tag(name, f"credits.{name}"): table for name, table in written.items()}
    consents = {tag(name, f"consent.{name}"): table for name, table in agreed.items()}
    found = []
    for each in sorted(people_of.keys() | consents.keys()):
        table, consent = people_of.get(each, CreditsTable()), consents.get(each, ConsentTable())
        people = tuple(Credit(role=work, name=name) for work in Work for name in getattr(table, work.value))
        known = {person.name for person in people}
        faults.extend(
            f"consent.{each}.named: “{name}” is not in [credits.{each}]" for name in consent.named if name not in known
        )
        found.append(
            LanguageCredits(
                tag=each,
                credits=people,
                named=tuple(consent.named),
                is_voice_agreed=consent.voice,
                is_signer_agreed=consent.signer,
            )
        )
    return tuple(found)
