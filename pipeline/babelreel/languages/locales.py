"""How do programs that know no BCP 47 name a language? By language and territory, as in ``fr_FR``."""

from __future__ import annotations


def locale_of(tag: str) -> str:
    """Give the Open Graph locale of a canonical tag, with the territory that CLDR takes for meant: ``zh_CN``."""
    from babelreel.languages.cldr import full_tag  # noqa: PLC0415 - langcodes takes 70 ms, and few ask

    language, *others = full_tag(tag).split("-")
    territory = next((each for each in reversed(others) if each.isupper() or each.isdigit()), "")
    return f"{language}_{territory}" if territory else language
