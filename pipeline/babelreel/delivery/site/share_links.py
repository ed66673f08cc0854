"""Links by which a reader sends the film's page on: plain ones, that no script of others has a part in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

#: In a form, where the film's title and the page's address go, both quoted; the script knows the title as well.
_TEXT, _ADDRESS = "{text}", "{address}"
#: WhatsApp: faq.whatsapp.com/5913398998672934; Telegram: core.telegram.org/widgets/share. RFC 5724 has "sms:?body=";
#: iOS wants the "&", which Android and the RFC's grammar allow.
_FORMS = {
    "WhatsApp": f"https://wa.me/?text={_TEXT}%20{_ADDRESS}",
    "Telegram": f"https://t.me/share/url?url={_ADDRESS}&text={_TEXT}",
    "SMS": f"sms:?&body={_TEXT}%20{_ADDRESS}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLink:
    """A way to send a link: its name everywhere, the form that the script fills in, and its address or nothing."""

    name: str
    form: str
    href: str

    @property
    def icon(self) -> str:
        """The name of its drawing."""
        return self.name.lower()


def share_links(title: str, address: str) -> tuple[ShareLink, ...]:
    """List the ways to send a page; with an empty address, the script finds out where the page is."""
    told = {_TEXT: quote(title, safe=""), _ADDRESS: quote(address, safe="")}
    return tuple(
        ShareLink(name=name, form=form, href=_fill(form, told) if address else "") for name, form in _FORMS.items()
    )


def _fill(form: str, told: Mapping[str, str]) -> str:
    for place, text in told.items():
        form = form.replace(place, text)
    return form
