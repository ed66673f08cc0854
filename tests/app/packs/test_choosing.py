"""Does the right published film go into a pack, and is it said why there is none?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.app.packs.choosing import Wanted, choose_files
from babelreel.app.packs.planning import choose_languages
from babelreel.model.delivery.manifest import PublishedFile, Role, Status
from babelreel.model.delivery.packs import PLATFORMS, FilmChoice, Kind, Missing, Platform
from babelreel.model.film.ladder.encoding_ladder import Text
from support.manifests import manifest_of, published_language

WHATSAPP, TELEGRAM, TIKTOK, INSTAGRAM, YOUTUBE = PLATFORMS


def film(  # noqa: PLR0913 - what a manifest says of a film
    tag: str,
    size: str,
    *,
    text: Text = Text.BURN_IN,
    sound: str = "original",
    megabytes: float = 1,
    seconds: float = 60,
) -> PublishedFile:
    width, height = (int(each) for each in size.split("x"))
    return PublishedFile(
        path=f"{tag}/f.{tag}.{size}-{text}.mp4",
        role=Role.VIDEO,
        language=tag,
        mime="video/mp4",
        rendition=size,
        sound=sound,
        text=text,
        width_px=width,
        height_px=height,
        bytes=int(megabytes * 1_000_000),
        sha256=size,
        duration_ms=int(seconds * 1000),
    )


def chosen(platform: Platform, *files: PublishedFile, tag: str = "ar", kind: Kind = Kind.FILM) -> list[str]:
    wanted = choose_files(platform, manifest_of(*files), (tag,), "en")
    return [each.source.rendition for each in wanted if isinstance(each, Wanted) and each.kind is kind]


def faults(platform: Platform, *files: PublishedFile, tag: str = "ar") -> list[str]:
    wanted = choose_files(platform, manifest_of(*files), (tag,), "en")
    return [each.why for each in wanted if isinstance(each, Missing) and each.is_fault]


SMALL, MIDDLE = film("ar", "640x360", megabytes=3), film("ar", "854x480", megabytes=9)
STORY = film("ar", "1080x1920", megabytes=20)


@pytest.mark.parametrize(
    ("platform", "size"),
    [(WHATSAPP, "640x360"), (TELEGRAM, "854x480"), (TIKTOK, "854x480")],
    ids=lambda value: value.name if isinstance(value, Platform) else "",
)
def test_who_pays_for_data_gets_the_smallest_film_and_who_does_not_the_largest(platform: Platform, size: str) -> None:
    assert chosen(platform, SMALL, MIDDLE) == [size]


def test_a_film_that_speaks_the_language_needs_no_text() -> None:
    heard = film("ar", "640x360", text=Text.NONE, sound="dub")
    assert chosen(WHATSAPP, heard, film("ar", "1280x720", text=Text.MUX, sound="dub")) == ["640x360"]
    assert chosen(WHATSAPP, heard, MIDDLE) == ["640x360"]
    spoken = film("en", "640x360", text=Text.NONE)
    assert chosen(WHATSAPP, spoken, film("en", "1280x720", text=Text.MUX), tag="en") == ["640x360"]


def test_the_film_that_pages_draw_their_text_on_is_for_nobody_else() -> None:
    for_pages = replace(film("ar", "640x360", text=Text.NONE, sound="dub"), rendition="phone-360p-no-text")
    assert chosen(WHATSAPP, for_pages, MIDDLE) == ["854x480"]


def test_a_film_without_its_text_in_the_picture_is_no_film_for_a_messenger() -> None:
    bare = film("ar", "1920x1080", text=Text.MUX), film("ar", "640x360", text=Text.NONE)
    assert chosen(TELEGRAM, *bare) == []
    assert faults(TELEGRAM, *bare) == ["no film with its text in the picture is published"]


def test_a_language_of_which_only_a_voice_is_published_has_a_film_all_the_same() -> None:
    voice = film("ar", "640x360", text=Text.NONE, sound="dub")
    assert chosen(WHATSAPP, voice) == ["640x360"]


def test_an_upright_film_goes_where_people_hold_their_phones_upright() -> None:
    assert chosen(TIKTOK, SMALL, STORY, MIDDLE) == ["1080x1920"]
    assert chosen(INSTAGRAM, SMALL, STORY, kind=Kind.FILM_WITHOUT_EDITS) == ["1080x1920"]


def test_the_film_upright_and_square_is_for_upright_apps_alone() -> None:
    story = replace(film("ar", "1080x1920", megabytes=9), rendition="story")
    post = replace(film("ar", "1080x1080", megabytes=2), rendition="post")
    assert chosen(TIKTOK, SMALL, story, post) == ["story"]
    assert chosen(TELEGRAM, SMALL, story, post) == ["640x360"]
    assert chosen(WHATSAPP, MIDDLE, post) == ["854x480"]
    # that of a voice without text has none in its picture: still it is not the film for all languages
    bare = replace(story, text=Text.NONE)
    assert chosen(YOUTUBE, film("en", "1280x720", text=Text.MUX), bare) == ["1280x720"]


def test_where_no_upright_film_is_published_that_is_said_and_is_no_fault() -> None:
    told = [each for each in choose_files(TIKTOK, manifest_of(MIDDLE), ("ar",), "en") if isinstance(each, Missing)]
    assert [(each.is_fault, "upright" in each.why) for each in told] == [(False, True)]


def test_a_film_that_is_too_large_gives_way_to_one_that_fits() -> None:
    assert chosen(TELEGRAM, SMALL, film("ar", "854x480", megabytes=51)) == ["640x360"]


@pytest.mark.parametrize(
    ("platform", "published", "why"),
    [
        (WHATSAPP, film("ar", "640x360", megabytes=17.2), "its smallest film has 17.2 MB, and WhatsApp takes 16 MB"),
        (
            TIKTOK,
            film("ar", "640x360", seconds=601),
            "the film lasts 10 min 01 s, and TikTok takes 10 min 00 s at most",
        ),
        (TIKTOK, film("ar", "640x360", seconds=2.5), "the film lasts 2.5 s, and TikTok takes 3.0 s at least"),
    ],
)
def test_a_film_that_does_not_fit_is_told_with_the_limit(
    platform: Platform, published: PublishedFile, why: str
) -> None:
    assert faults(platform, published) == [why]


def test_a_voice_message_is_made_where_the_language_is_heard_and_nowhere_else() -> None:
    dubbed, original = film("ar", "640x360", sound="dub"), film("en", "640x360")
    assert chosen(WHATSAPP, dubbed, kind=Kind.VOICE_MESSAGE) == ["640x360"]
    assert chosen(WHATSAPP, original, tag="en", kind=Kind.VOICE_MESSAGE) == ["640x360"]
    assert chosen(WHATSAPP, SMALL, kind=Kind.VOICE_MESSAGE) == [], "its sound is English"
    assert chosen(TIKTOK, dubbed, kind=Kind.VOICE_MESSAGE) == [], "TikTok has no voice messages"


def test_youtube_gets_one_film_without_text_and_each_language_its_subtitles_and_its_voice() -> None:
    large = film("en", "1920x1080", text=Text.MUX)
    dubbed = film("ar", "1920x1080", text=Text.MUX, sound="dub")
    captions = PublishedFile(
        path="ar/f.ar.srt", role=Role.CAPTIONS, language="ar", mime="application/x-subrip", bytes=9, sha256="srt"
    )
    files = (large, film("en", "640x360"), dubbed, captions)
    assert chosen(YOUTUBE, *files) == ["1920x1080"]
    assert chosen(YOUTUBE, *files, kind=Kind.SOUND) == ["1920x1080"]
    wanted = [each for each in choose_files(YOUTUBE, manifest_of(*files), ("ar",), "en") if isinstance(each, Wanted)]
    assert [(each.path, each.source.path) for each in wanted if each.kind is Kind.FILM] == [("film.mp4", large.path)]
    assert [each.path for each in wanted if each.kind is Kind.SUBTITLES] == ["ar/film.ar.srt"]


def test_youtube_gets_no_film_in_which_one_language_was_recorded_over_the_original() -> None:
    dubbed = film("ar", "1920x1080", text=Text.MUX, sound="dub")
    assert chosen(YOUTUBE, dubbed) == []
    assert any("its own sound" in why for why in faults(YOUTUBE, dubbed))


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda each: each.name)
def test_every_platform_names_the_places_where_its_limits_were_read(platform: Platform) -> None:
    assert platform.sources
    assert not [each for each in platform.sources if "/" not in each or " " in each]
    assert platform.choice in FilmChoice
    assert Fraction(0) <= platform.slowest_rate < 25


def test_no_app_gets_the_film_that_few_players_show() -> None:
    little = replace(film("en", "640x360", text=Text.NONE, megabytes=1), rendition="light-av1", path="en/a.mp4")
    phone = film("en", "640x360", megabytes=2)
    for platform in (WHATSAPP, TELEGRAM, TIKTOK):
        assert chosen(platform, little, phone, tag="en") == ["640x360"]
    assert chosen(WHATSAPP, little, phone, tag="en", kind=Kind.VOICE_MESSAGE) == ["640x360"]
    assert chosen(YOUTUBE, little, phone, tag="en") == []


def test_the_film_of_a_pair_is_packed_in_a_folder_of_its_own() -> None:
    both = film("ar+fr", "640x360")
    (packed,) = choose_files(WHATSAPP, manifest_of(SMALL, both), ("ar+fr",), "en")
    assert isinstance(packed, Wanted)
    assert (packed.path, packed.source) == ("ar_fr/film.ar_fr.mp4", both)


def test_where_viewers_choose_the_text_there_is_nothing_to_pack_of_a_pair() -> None:
    free = film("en", "1280x720", text=Text.MUX)
    found = list(choose_files(YOUTUBE, manifest_of(free, film("ar+fr", "640x360")), ("ar+fr",), "en"))
    (missing,) = [each for each in found if isinstance(each, Missing)]
    assert (missing.language, missing.is_fault) == ("ar+fr", False)


@pytest.mark.parametrize("status", Status)
def test_where_not_all_sizes_were_built_the_build_of_all_is_what_helps_first(status: Status) -> None:
    manifest = replace(manifest_of(film("ar", "640x360")), status=status)
    missing = next(each for each in choose_files(YOUTUBE, manifest, ("ar",), "en") if isinstance(each, Missing))
    assert ("without --only" in missing.hint) == (status is Status.PARTIAL)
    assert 'text = "mux"' in missing.hint


def test_a_text_for_the_deaf_that_has_no_film_is_not_packed() -> None:
    languages = (published_language("fr"), replace(published_language("fr-x-sdh"), page=""))
    manifest = replace(manifest_of(film("fr", "640x360")), languages=languages)
    assert [each.tag for each in choose_languages(manifest, ())] == ["fr"]
    with_film = replace(manifest, files=(*manifest.files, film("fr-x-sdh", "640x360")))
    assert [each.tag for each in choose_languages(with_film, ())] == ["fr", "fr-x-sdh"]
