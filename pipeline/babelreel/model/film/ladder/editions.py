"""The shapes beside its own in which a film is delivered, and where apps lay their buttons over them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Edition(StrEnum):
    """A shape that a film is brought to as a whole: the picture, its text below it, and the title above."""

    UPRIGHT = "upright"
    """For phones that are held upright: 9:16."""
    SQUARE = "square"
    """For posts among others: 1:1."""
    SIGNED = "signed"
    """For an interpreter who signs beside the film: 16:9."""


class Corner(StrEnum):
    """Where an interpreter stands in a picture."""

    BOTTOM_RIGHT = "bottom right"
    BOTTOM_LEFT = "bottom left"
    TOP_RIGHT = "top right"
    TOP_LEFT = "top left"

    @property
    def is_left(self) -> bool:
        """Tell whether it is one on the left."""
        return self in {Corner.BOTTOM_LEFT, Corner.TOP_LEFT}

    @property
    def is_top(self) -> bool:
        """Tell whether it is one at the top."""
        return self in {Corner.TOP_LEFT, Corner.TOP_RIGHT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What one app covers of a shape, as shares of its height (``top``, ``bottom``) and width (``left``, ``right``).

    ``is_mirrored``: on phones that are set to a language from right to left, left and right change places. ``source``
    says where that is published, and ``seen`` on which day it was read there.
    """

    app: str
    edition: Edition
    top: Fraction
    bottom: Fraction
    left: Fraction
    right: Fraction
    source: str
    seen: str
    is_mirrored: bool = False


def _px(px: int, of: int) -> Fraction:
    """Convert a length that is published in pixels of 1080 x 1920 to a share."""
    return Fraction(px, of)


_HEIGHT_PX, _WIDTH_PX = 1920, 1080
_READ = "2026-11-30"

#: The table of zones: the largest that are published for each app, those of advertisements, which have a button more.
ZONES: tuple[Zone, ...] = (
    Zone(
        app="Instagram and Facebook Reels",
        edition=Edition.UPRIGHT,
        top=Fraction(14, 100),
        bottom=Fraction(35, 100),
        left=Fraction(6, 100),
        right=Fraction(6, 100),
        source="Meta's guidance for Reels ads, as quoted by shotstack.io/learn/vertical-video-safe-zones",
        seen=_READ,
    ),
    Zone(
        app="Instagram, Facebook and WhatsApp stories",
        edition=Edition.UPRIGHT,
        top=Fraction(14, 100),
        bottom=Fraction(20, 100),
        left=Fraction(0),
        right=Fraction(0),
        source="Meta's guidance for story ads, as quoted by adsuploader.com/blog/meta-ads-safe-zones",
        seen=_READ,
    ),
    Zone(
        app="YouTube Shorts",
        edition=Edition.UPRIGHT,
        top=_px(288, _HEIGHT_PX),
        bottom=_px(672, _HEIGHT_PX),
        left=_px(48, _WIDTH_PX),
        right=_px(192, _WIDTH_PX),
        source="Google's safe zone for vertical ads, as quoted by shotstack.io/learn/vertical-video-safe-zones",
        seen=_READ,
        is_mirrored=True,
    ),
    Zone(
        app="TikTok",
        edition=Edition.UPRIGHT,
        top=_px(150, _HEIGHT_PX),
        bottom=_px(440, _HEIGHT_PX),
        left=_px(120, _WIDTH_PX),
        right=_px(150, _WIDTH_PX),
        # TikTok has templates, one for each direction of writing (ads.tiktok.com/help/article?aid=10002742), and no
        # numbers: these were measured on them by others
        source="adfuseai.com/blog/tiktok-ad-sizes-specs-guide; left: shotstack.io/learn/vertical-video-safe-zones",
        seen=_READ,
        is_mirrored=True,
    ),
    Zone(
        app="Instagram and Facebook feed",
        edition=Edition.SQUARE,
        top=_px(64, _WIDTH_PX),
        bottom=_px(64, _WIDTH_PX),
        left=_px(64, _WIDTH_PX),
        right=_px(64, _WIDTH_PX),
        source="64 of 1080 pixels on all sides: imagefactory.co.kr/en/guides/instagram-story-ad-text-safe-zone",
        seen=_READ,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """What is covered of a shape by one app or another, as shares; ``side`` on the left and on the right."""

    top: Fraction
    bottom: Fraction
    side: Fraction


def covered_margins(edition: Edition) -> Margins:
    """Compute what any app covers of a shape, on phones of either direction of writing.

    A film in Arabic is watched on phones in French too, and the other way round: both sides are as wide as the wider
    one.
    """
    zones = [zone for zone in ZONES if zone.edition is edition]
    return Margins(
        top=max(zone.top for zone in zones),
        bottom=max(zone.bottom for zone in zones),
        side=max(side for zone in zones for side in (zone.left, zone.right)),
    )
