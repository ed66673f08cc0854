"""Name a language for programs that do not know BCP 47: by language and territory, as in ``fr_FR``."""

from __future__ import annotations


def locale_of(tag: str) -> str:
    """Return the Open Graph locale of a canonical tag, with the territory that CLDR assumes: ``zh_CN``."""
    from babelreel.languages.cldr import full_tag  # noqa: PLC0415 - langcodes takes 70 ms, and few ask

    language, *others = full_tag(tag).split("-")
    territory = next((each for each in reversed(others) if each.isupper() or each.isdigit()), "")
    return f"{language}_{territory}" if territory else language
