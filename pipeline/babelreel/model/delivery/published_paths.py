"""Where each file is published below ``output/``; all code that writes, finds or links one asks here.

The web team links to these paths: see ``docs/web-team.md`` before any of them changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, relpath

from babelreel.model.delivery.pairs import JOINED

MANIFEST = "manifest.json"
#: The JSON Schema of the manifest.
SCHEMA = "manifest.schema.json"
SUMS = "SHA256SUMS"
#: What says of all other files what they are, in the order in which it takes its place.
DESCRIPTIONS = (SCHEMA, SUMS, MANIFEST)
FIRST_PAGE = "index.html"
#: What programs read of a campaign of several films; it lies above the folders of the films.
CAMPAIGN = "campaign.json"
#: All pages, for search engines.
SITEMAP = "sitemap.xml"
#: The page that works by a double click.
OFFLINE_PAGE = "offline.html"

_STREAM = "stream"
HLS_MASTER = f"{_STREAM}/master.m3u8"
DASH_MANIFEST = f"{_STREAM}/manifest.mpd"
#: Windows keeps these names, with any ending, for its devices, and makes no file or folder of them; three are languages
#: (Cofán, Aurá, Nusa Laut). Source: "Naming Files, Paths, and Namespaces", Microsoft.
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))
#: How much of a digest names the folder of a track's segments: 64 bits, in which no two of a million versions meet.
_DIGEST_CHARS = 16
#: What stands for the number of a segment in the address of all of a track (ISO/IEC 23009-1, 5.3.9.4.4).
NUMBER = "$Number$"


def is_device(name: str) -> bool:
    """Tell whether Windows takes a name of a file or folder for one of its devices."""
    return name.split(".", maxsplit=1)[0].strip().lower() in _DEVICES


#: The folder of what pages of all languages need.
ASSETS = "assets"


def asset(name: str) -> str:
    """Return the path of something that pages of all languages need to look and work as they should."""
    return f"{ASSETS}/{name}"


def language_dir(tag: str) -> str:
    """Return the folder of all files of a language."""
    return tag.replace(JOINED, "_")


def language_page(tag: str) -> str:
    """Return the path of a language's page."""
    return f"{language_dir(tag)}/index.html"


def language_address(tag: str) -> str:
    """Return the address of a language's page, relative to that of ``output/``: its folder."""
    return f"{language_dir(tag)}/"


def campaign_page(tag: str) -> str:
    """Return the path of a campaign's page in a language: no folder of a film can be there."""
    return f"{tag}.html"


def player_address(tag: str) -> str:
    """Return the address of a language's player alone, relative to that of ``output/``: for frames on other pages."""
    return f"{language_dir(tag)}/embed/"


def player_page(tag: str) -> str:
    """Return the path of a language's player alone."""
    return f"{player_address(tag)}index.html"


def oembed(tag: str) -> str:
    """Return the path of what tells other sites how to show a language's film (oEmbed)."""
    return f"{language_dir(tag)}/oembed.json"


def cues_script(tag: str) -> str:
    """Return the path of the script that brings a language's cues to the offline page."""
    return f"{language_dir(tag)}/cues.js"


def keep_worker(tag: str) -> str:
    """Return the path of the script that keeps a language on a device whose reader wishes so."""
    return f"{language_dir(tag)}/sw.js"


def app_manifest(tag: str) -> str:
    """Return the path of what says how a language's page stands on the screen of a phone."""
    return f"{language_dir(tag)}/app.webmanifest"


def playlist(track: str) -> str:
    """Return the path of the playlist of a stream's track."""
    return f"{_STREAM}/{track}.m3u8"


def key_playlist(track: str) -> str:
    """Return the path of the playlist of the key frames of a stream's picture."""
    return f"{_STREAM}/{track}.keys.m3u8"


def segment(track: str, digest: str, name: str) -> str:
    """Return the path of a part of a stream's track, in a folder named by the content of all of them.

    So it may be cached for ever, and ``name`` may be a number: ``digest`` is another one when any part is.
    """
    return f"{_STREAM}/{track}/{digest[:_DIGEST_CHARS]}/{name}"


def whole_text(track: str) -> str:
    """Return the path of the text of a stream's track in one piece."""
    return f"{_STREAM}/{track}.vtt"


def is_segment(path: str) -> bool:
    """Tell whether a published file is a piece of a stream: it lies in the folder of a track."""
    return path.startswith(f"{_STREAM}/") and path.count("/") > 1


def way(page: str, target: str) -> str:
    """Find the way from one published file to another, as it stands in a link, not yet quoted."""
    return relpath(target, dirname(page))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPaths:
    """The places of the files whose names begin with a film's ``slug``, so that a download tells what it is."""

    slug: str

    def film(self, tag: str, rung: str) -> str:
        """Return the path of a language's film in a size."""
        return self._of_language(tag, f"{rung}.mp4")

    def captions(self, tag: str, ending: str) -> str:
        """Return the path of a language's subtitles: "vtt" or "srt"."""
        return self._of_language(tag, ending)

    def signed(self, tag: str) -> str:
        """Return the path of the film of a language's interpreter, who signs."""
        return self._of_language(tag, "signed.mp4")

    def chapters(self, tag: str) -> str:
        """Return the path of the track that names the parts of a language's film."""
        return self._of_language(tag, "chapters.vtt")

    def heard_name(self, tag: str) -> str:
        """Return the path of the sound that says a language's name."""
        return self._of_language(tag, "name.m4a")

    def transcript(self, tag: str, ending: str) -> str:
        """Return the path of a language's text to read: "html" or "txt"."""
        return self._of_language(tag, f"transcript.{ending}")

    def embed(self, tag: str) -> str:
        """Return the path of the snippet that shows a language's film on other pages."""
        return self._of_language(tag, "embed.txt")

    def offline_zip(self, tag: str) -> str:
        """Return the path of the one file that holds a language's film, page and texts."""
        return self._of_language(tag, "zip")

    def leaflet(self, tag: str, name: str) -> str:
        """Return the path of a part of a language's leaflet: "leaflet.html", "leaflet.pdf" or "qr.svg"."""
        return self._of_language(tag, name)

    def still(self, name: str) -> str:
        """Return the path of a picture that all languages share, or of the track of a storyboard."""
        return f"shared/{self.slug}.{name}"

    def title_picture(self, tag: str, name: str) -> str:
        """Return the path of a picture with the title in a language."""
        return self._of_language(tag, name)

    def archive(self, ending: str) -> str:
        """Return the path of a file with every sound and every text: "mkv" or "mp4"."""
        return f"archive/{self.slug}.archive.{ending}"

    def _of_language(self, tag: str, name: str) -> str:
        return f"{language_dir(tag)}/{self.slug}.{language_dir(tag)}.{name}"
