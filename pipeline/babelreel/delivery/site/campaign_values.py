"""What templates get of a campaign: who speaks, who helps, how to send the page on."""

from __future__ import annotations

from typing import Any

from babelreel.delivery.campaign import campaign_words_for, help_lines
from babelreel.delivery.site.share_links import share_links
from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.delivery.site.words import words_for
from babelreel.model.campaign import text_in
from babelreel.model.delivery.published_paths import language_address


def campaign_values(site: Site, language: SiteLanguage) -> dict[str, Any]:
    """Gather what follows from the project alone and not from any subtitles, for the readers of one language.

    ``campaign_marked`` is true where the campaign's words are in another language than the page's own words.
    """
    brand, words = site.campaign.brand, campaign_words_for(language.language)
    address = f"{site.address}{language_address(language.tag)}" if site.address else ""
    return {
        "organisation": brand.organisation,
        "logo": site.logo,
        "privacy": brand.privacy,
        "contact": brand.contact,
        "sentence": text_in(brand.sentences, language.tag),
        "campaign": words,
        "campaign_marked": words.tag != words_for(language.language).tag,
        "help": help_lines(site.campaign, language.language, site.reference),
        "share": share_links(language.title, address),
        "page_address": address,
        "short_address": address.partition("://")[2].rstrip("/"),
    }
