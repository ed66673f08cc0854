"""The words of pages, players, leaflets and translators' sheets in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletWords:
    """What stands on a leaflet; ``watch`` says to one young reader what the code on the back leads to.

    An empty text is written in English.
    """

    watch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """All words of a page in one language, which is ``tag``: short words for buttons, spoken to a teenager.

    ``minutes``, ``kilobytes`` and ``megabytes`` follow a number; ``decimal`` is the mark inside of one. ``colon``
    stands between a word and a name.
    """

    tag: str
    direction: str
    language: str
    subtitles: str
    no_subtitles: str
    transcript: str
    jump: str
    download: str
    film: str
    film_phone: str
    leaflet: str
    website: str
    share: str
    link: str
    copy_link: str
    copied: str
    from_here: str
    save_data: str
    dubbed: str
    original_sound: str
    watch_here: str
    scan: str
    accessibility: str
    accessibility_note: str
    minutes: str
    kilobytes: str
    megabytes: str
    decimal: str
    colon: str = ": "


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignWords:
    """What pages and leaflets say of help, sending and taking along in one language, which is ``tag``.

    ``send`` is the heading above links to messengers, ``send_film`` sends the file itself. From ``emergency`` to
    ``listening`` they say whom a number of that ``HelpKind`` reaches; the last three say what people did.
    """

    tag: str
    direction: str
    help: str
    call: str
    send: str
    send_film: str
    choose: str
    listen: str
    play: str
    chapters: str
    messengers: str
    best_picture: str
    to_print: str
    more_files: str
    privacy: str
    contact: str
    emergency: str
    missing_child: str
    child_helpline: str
    victims: str
    doctor: str
    listening: str
    keep: str
    keeping: str
    kept: str
    forget: str
    not_kept: str
    all_in_one: str
    unpack: str
    credits: str
    translation: str
    voice: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerWords:
    """What the film's own bar says in one language, which is ``tag``: names of its controls, for ears as well.

    ``moment`` names the bar that stands for the film's time; ``mute`` and ``full_screen`` are switches, on or off.
    ``continue_at`` stands before a time. ``let_go`` ends that the film stays in view while its text is read;
    ``again`` plays it once more from its beginning.
    """

    tag: str
    direction: str
    play: str
    pause: str
    back: str
    forward: str
    moment: str
    mute: str
    settings: str
    text_size: str
    sound: str
    speed: str
    small_window: str
    full_screen: str
    continue_at: str
    forget: str
    let_go: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What the first page of a sheet tells a translator in the language, which is ``tag``.

    Names of columns stand for ``{text}``, ``{count}``, ``{before}``, ``{state}``, ``{comment}`` and ``{key}``, states
    for ``{draft}``, ``{translated}`` and ``{approved}``, the ending of the file for ``{form}``. The word ``draft`` says
    that no native reader has read the others yet; it is left out when somebody has.
    """

    tag: str
    direction: str
    where: str
    write: str
    count: str
    changed: str
    state: str
    comment: str
    sort: str
    finish: str
    draft: str = ""
