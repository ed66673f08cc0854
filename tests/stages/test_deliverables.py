from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from babelreel.errors import UsageError
from babelreel.graph.task import Produced, SourceFile, Task
from babelreel.languages.find import find_language
from babelreel.media.assembly.archive import MakeArchive
from babelreel.model.campaign import Campaign, HelpNumber
from babelreel.model.film.cards import Cards
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.editions import Corner
from babelreel.model.film.ladder.encoding_ladder import Rung, Sound, Text, best_sounding
from babelreel.model.film.ladder.little_data import LITTLE_DATA_RUNG
from babelreel.model.film.signed import SIGNED_PICTURE_RUNG
from babelreel.model.film.signs import ShownSign, Sign
from babelreel.model.project import Delivery
from babelreel.model.sound.dubbing import decide_dubbing
from babelreel.model.sound.recordings import Dub
from babelreel.model.style import Styles
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.report.console.build.time_left import expected_seconds
from babelreel.stages.deliverables import Blueprint, plan_deliverables
from babelreel.stages.films.archive import archive_rung, plan_archive
from babelreel.stages.films.content import choose_content
from babelreel.stages.inputs import SignedFilm, Subtitles, Voice
from babelreel.stages.parts import OfferedSound, plan_parts
from babelreel.stages.picture.quality import room_kbps
from babelreel.timedtext.burnin.typeface import choose_font
from support.workshops import make_footage, make_workshop

PHONE_360P = DEFAULT_RUNGS[-1]


def subtitles(tag: str) -> Subtitles:
    language = find_language(tag)
    cue = Cue(number=1, span=Span(start_ms=0, end_ms=1000), lines=("112",))
    track = Track(language=tag, path="", format=Format.SRT, cues=(cue,))
    return Subtitles(language=language, track=track, font=choose_font(language, None), font_files=())


def blueprint(*tags: str, minutes: int = 1, has_sound: bool = True, archive: tuple[str, ...] = ()) -> Blueprint:
    delivery = Delivery(has_pages=False, has_streams=False, has_leaflets=False, archive=archive)
    languages = [subtitles(tag) for tag in tags]
    return plan_deliverables(make_workshop(minutes, has_sound=has_sound), languages, DEFAULT_RUNGS, "film", delivery)


def test_thirteen_languages_share_all_pieces_but_those_that_show_a_cue() -> None:
    tags = ("fr", "en", "nl", "de", "ar", "vi", "zh-Hans", "sq", "ro", "bg", "ps", "fa", "pcm")
    kinds = Counter(task.kind for task in blueprint(*tags).tasks)
    # 60 s are 10 cells. 4 rungs of 10 without text, less the first of both phone rungs, which shows a cue in each
    # language; the two web rungs share one sound
    assert kinds == {"picture": 2 * 10 + 2 * 9 + 2 * 13, "sound": 3, "file": 52, "captions": 13}


def test_every_language_gets_four_videos_and_two_sidecars() -> None:
    paths = [each.path for each in blueprint("fr").deliverables]
    assert paths == [
        "fr/film.fr.vtt",
        "fr/film.fr.srt",
        "fr/film.fr.web-1080p.mp4",
        "fr/film.fr.web-720p.mp4",
        "fr/film.fr.phone-480p.mp4",
        "fr/film.fr.phone-360p.mp4",
    ]


def style_told(planned: Blueprint, task: str) -> set[str]:
    told = next(dict(each.facts) for each in planned.tasks if each.name == task)["style"]
    assert isinstance(told, Mapping)
    return set(told)


def styled(*tags: str, styles: Styles) -> Blueprint:
    delivery = Delivery(has_pages=False, has_streams=False, has_leaflets=False)
    made_with = replace(make_workshop(), styles=styles)
    return plan_deliverables(made_with, [subtitles(tag) for tag in tags], DEFAULT_RUNGS, "film", delivery)


def test_a_style_changes_the_pictures_of_its_language_and_rung_alone() -> None:
    plain = {task.name: task for task in blueprint("fr", "ar").tasks}
    for styles, changed in (
        (Styles(languages=(("ar", (("bold", True),)),)), {"phone-480p part 1 ar", "phone-360p part 1 ar"}),
        (Styles(rungs=(("phone-360p", (("bold", True),)),)), {"phone-360p part 1 fr", "phone-360p part 1 ar"}),
    ):
        made = {task.name: task for task in styled("fr", "ar", styles=styles).tasks}
        assert {name for name, task in made.items() if task != plain[name]} == {f"picture {each}" for each in changed}


def test_what_styles_could_not_say_at_first_is_in_keys_where_it_is_said() -> None:
    """Else all pictures of earlier versions would have to be made again."""
    task = "picture phone-360p part 1 ar"
    known = {"color", "outline_color", "outline", "shadow", "margin", "side_margin", "type_size"}
    assert style_told(blueprint("ar"), task) == known
    bold = Styles(languages=(("ar", (("bold", True), ("size", Fraction(1)))),))
    assert style_told(styled("ar", styles=bold), task) == known | {"bold"}


def with_pages(*languages: Subtitles, rungs: tuple[Rung, ...] = DEFAULT_RUNGS) -> Blueprint:
    delivery = Delivery(has_pages=True, has_streams=False, has_leaflets=False)
    return plan_deliverables(make_workshop(), languages, rungs, "film", delivery)


def test_a_page_s_film_for_phones_is_joined_of_what_is_encoded_anyway() -> None:
    bare, paged = blueprint("fr", "ar"), with_pages(subtitles("fr"), subtitles("ar"))
    added = {task.name: task for task in paged.tasks}
    for task in bare.tasks:
        assert added.pop(task.name) == task
    # the first cell of the smallest rung shows a cue in both languages: only pages need it without
    assert set(added) == {
        *("posters", "storyboard", "picture phone-360p part 1"),
        *("file phone-360p-no-text fr", "file phone-360p-no-text ar"),
    }
    pieces = [each.task for each in added["file phone-360p-no-text ar"].inputs if isinstance(each, Produced)]
    assert pieces[:10] == [f"picture phone-360p part {place}" for place in range(1, 11)]
    assert "fr/film.fr.phone-360p-no-text.mp4" in {each.path for each in paged.deliverables}


def test_where_the_smallest_film_has_no_text_in_its_picture_pages_need_no_other() -> None:
    for planned in (
        with_pages(replace(subtitles("fr"), has_text=False)),
        with_pages(subtitles("fr"), rungs=tuple(replace(rung, text=Text.MUX) for rung in DEFAULT_RUNGS)),
    ):
        assert not [each.path for each in planned.deliverables if "no-text" in each.path]


def test_a_silent_film_has_no_sound_tasks() -> None:
    assert "sound" not in {task.kind for task in blueprint("fr", has_sound=False).tasks}


def test_each_task_comes_after_those_it_needs() -> None:
    seen: set[str] = set()
    for task in blueprint("fr", "ar").tasks:
        assert task.needs <= seen
        seen.add(task.name)
    assert seen


def test_a_file_that_fits_at_its_peak_throughout_is_not_made_coarser() -> None:
    # 800 kbit/s and 64 of sound come to 12.96 MB in two minutes, to 19.44 in three
    assert room_kbps(make_footage(2), PHONE_360P) is None
    assert room_kbps(make_footage(60), replace(PHONE_360P, max_bytes=0)) is None
    assert "quality" not in {task.kind for task in blueprint("fr", minutes=2).tasks}


@pytest.mark.parametrize(("minutes", "kbps"), [(3, 619), (5, 346), (10, 141)])
def test_a_longer_one_may_have_what_sound_and_tables_leave(minutes: int, kbps: int) -> None:
    # 15.5 MB less 0.8 % are 123008 kbit; a second of ten minutes has 205 of them, less 64 for the sound
    assert room_kbps(make_footage(minutes), PHONE_360P) == kbps


def test_all_pieces_of_a_bounded_rung_wait_for_its_quality() -> None:
    tasks = blueprint("fr", "ar", minutes=3).tasks
    waiting = {task.rendition for task in tasks if "quality phone-360p" in task.needs}
    assert waiting == {"phone-360p"}
    pieces = [task for task in tasks if task.kind == "picture" and task.rendition == "phone-360p"]
    assert all(task.needs == {"quality phone-360p"} for task in pieces)


def test_no_edited_cue_changes_the_quality_of_a_rung() -> None:
    (one,) = (task for task in blueprint("fr", minutes=3).tasks if task.kind == "quality")
    (other,) = (task for task in blueprint("ar", "nl", minutes=3).tasks if task.kind == "quality")
    assert one == other


def test_a_film_too_long_for_the_bound_of_one_size_is_made_in_all_others() -> None:
    made = blueprint("fr", minutes=20)
    (skipped,) = made.skipped
    assert skipped.name == "phone-360p"
    # 100 kbit/s of picture and 64 of sound are 24.6 MB in 20 minutes, and the tables of MP4 are at most 0.8 % of a file
    assert skipped.why == "a film of 20 min 00 s takes 24.8 MB at least, and 15.5 MB are allowed"
    assert "renditions.phone-360p.max_bytes to 24800000" in skipped.hint
    assert {each.rendition for each in made.deliverables if each.path.endswith(".mp4")} == {
        *("web-1080p", "web-720p", "phone-480p")
    }
    assert blueprint("fr", minutes=10).skipped == ()


def test_the_bound_that_is_named_holds_the_film() -> None:
    for minutes in (20, 47, 120):
        (skipped,) = blueprint("fr", minutes=minutes).skipped
        raised = int(skipped.hint.split("max_bytes to ")[1].split(",")[0])
        held = tuple(replace(rung, max_bytes=raised) if rung.max_bytes else rung for rung in DEFAULT_RUNGS)
        delivery = Delivery(has_pages=False, has_streams=False, has_leaflets=False)
        assert not plan_deliverables(make_workshop(minutes), [subtitles("fr")], held, "film", delivery).skipped
        tighter = tuple(replace(rung, max_bytes=raised - 100_000) if rung.max_bytes else rung for rung in DEFAULT_RUNGS)
        assert plan_deliverables(make_workshop(minutes), [subtitles("fr")], tighter, "film", delivery).skipped


def test_a_film_that_no_size_can_hold_is_refused_with_the_key_to_change() -> None:
    bounded = replace(DEFAULT_RUNGS[-2], max_bytes=1_000_000)
    with pytest.raises(UsageError) as caught:
        plan_parts(make_workshop(minutes=60), [], (bounded,))
    assert "renditions.phone-480p.max_bytes" in caught.value.hint


def test_an_archive_holds_the_largest_picture_without_text_the_best_sound_and_all_texts() -> None:
    made = blueprint("fr", "pcm", archive=("mkv",))
    (task,) = (task for task in made.tasks if task.kind == "archive")
    assert task.needs == {f"picture web-1080p part {place}" for place in range(1, 11)} | {"sound original 128k 2ch"}
    assert isinstance(task.action, MakeArchive)
    assert [each.name for each in task.action.sounds] == ["English (original)"]
    assert [each.name for each in task.action.texts] == ["Français", "Naijíriá Píjin"]
    assert made.deliverables[-1].path == "archive/film.archive.mkv"
    assert {each.language for each in made.deliverables if each.rendition == "archive"} == {""}


def test_an_archive_shares_all_its_pieces_with_the_other_files() -> None:
    without = {task.name for task in blueprint("fr").tasks}
    assert {task.name for task in blueprint("fr", archive=("mkv", "mp4")).tasks} - without == {
        "archive mkv",
        "archive mp4",
    }


def test_where_all_text_is_burned_in_the_archive_takes_the_largest_picture_before_that() -> None:
    phones = DEFAULT_RUNGS[2:]
    assert archive_rung(phones).name == "phone-480p"
    assert best_sounding(phones).name == "phone-480p"


def test_dubs_stand_behind_the_original_under_the_names_of_their_languages() -> None:
    made = blueprint("fr", archive=("mkv",))
    task = next(each for each in made.tasks if each.kind == "sound")
    sounds = (
        OfferedSound(language=find_language("en"), tasks=(task,), channels=2, is_original=True),
        OfferedSound(language=find_language("ar"), tasks=(task,), channels=2),
    )
    picture = plan_parts(make_workshop(), [subtitles("fr")], DEFAULT_RUNGS).pictures["web-1080p"]
    tasks, _ = plan_archive(make_workshop(), "mkv", picture, sounds=sounds, texts=(subtitles("fr"),), slug="film")
    assert isinstance(tasks[-1].action, MakeArchive)
    assert [each.name for each in tasks[-1].action.sounds] == ["English (original)", "العربية"]


def test_streams_and_archive_offer_the_sound_of_the_best_rung_and_the_same_pictures() -> None:
    delivery = Delivery(has_pages=False, has_leaflets=False, has_streams=True, archive=("mkv",))
    made = plan_deliverables(make_workshop(), [subtitles("fr")], DEFAULT_RUNGS, "film", delivery)
    needs = {task.name: task.needs for task in made.tasks}
    assert needs["stream sound original"] == {"sound original 128k 2ch"} < needs["archive mkv"]
    assert needs["stream picture web-1080p"] < needs["archive mkv"]
    assert [each.name for each in made.streams] == [
        *("picture-web-1080p", "picture-web-720p", "picture-phone-480p", "picture-phone-360p", "picture-light-180p"),
        *("sound-original", "sound-original-light", "text-fr"),
    ]


def test_nothing_is_planned_for_no_language() -> None:
    delivery = Delivery(archive=("mkv",))
    made = plan_deliverables(make_workshop(), [], DEFAULT_RUNGS, "film", delivery)
    assert made == Blueprint(tasks=(), deliverables=())


def with_editions(*languages: Subtitles, streams: bool = False) -> Blueprint:
    delivery = Delivery(has_pages=True, has_streams=streams, has_leaflets=False, archive=("mkv",))
    return plan_deliverables(make_workshop(), languages, (*DEFAULT_RUNGS, *EDITION_RUNGS), "film", delivery)


def test_editions_change_nothing_of_what_is_made_without_them() -> None:
    delivery = Delivery(has_pages=True, has_streams=True, has_leaflets=False, archive=("mkv",))
    plain = plan_deliverables(make_workshop(), [subtitles("fr"), subtitles("ar")], DEFAULT_RUNGS, "film", delivery)
    both = with_editions(subtitles("fr"), subtitles("ar"), streams=True)
    added = {each.path for each in both.deliverables} - {each.path for each in plain.deliverables}
    assert added == {f"{tag}/film.{tag}.{name}.mp4" for tag in ("fr", "ar") for name in ("story", "post")}
    tasks = {task.name: task for task in both.tasks}
    assert all(tasks[task.name] == task for task in plain.tasks)


def test_an_edition_has_its_title_in_every_piece_and_an_edited_cue_costs_the_pieces_that_show_it() -> None:
    def pieces(text: str) -> dict[str, object]:
        french = subtitles("fr")
        cue = replace(french.track.cues[0], lines=(text,))
        made = with_editions(replace(french, track=replace(french.track, cues=(cue,)), title="Tes droits"))
        return {task.name: task for task in made.tasks if task.name.startswith(("picture story", "picture post"))}

    before, after = pieces("112"), pieces("116 000")
    # the film's 60 s are ten cells, and the cue is seen in the first
    assert len(before) == 20
    assert {name for name, task in before.items() if after[name] != task} == {
        "picture story part 1 fr",
        "picture post part 1 fr",
    }


def test_an_edition_in_which_a_text_does_not_fit_is_left_out_of_that_language_alone_and_told() -> None:
    french = subtitles("fr")
    long = replace(french.track.cues[0], lines=("Ton tuteur est une personne qui t’aide, " * 3,))
    made = with_editions(replace(french, track=replace(french.track, cues=(long,))), subtitles("nl"))
    paths = {each.path for each in made.deliverables}
    assert "fr/film.fr.phone-360p.mp4" in paths
    assert not {path for path in paths if path.startswith("fr/") and "story" in path}
    assert "nl/film.nl.story.mp4" in paths
    assert [(each.name, each.why.split(",")[0]) for each in made.skipped] == [("story in fr", "cue 1 takes 4 lines")]
    assert [(each.rendition, each.tag) for each in made.skipped] == [("story", "fr")]


def test_a_voice_without_text_has_its_title_in_an_edition() -> None:
    made = with_editions(replace(subtitles("fr"), has_text=False, title="Tes droits"))
    (story,) = (each for each in made.deliverables if each.rendition == "story")
    assert story.text is Text.NONE
    pieces = [task.name for task in made.tasks if task.name.startswith("picture story")]
    assert pieces == [f"picture story part {place} fr mark" for place in range(1, 11)]


def with_sign(french: Subtitles, text: str = "Tribunal") -> Subtitles:
    span = Span(start_ms=20_000, end_ms=22_000)
    return replace(french, signs=(ShownSign(sign=Sign(name="court", span=span), text=text),))


def test_words_in_the_picture_cost_the_cells_that_show_them_and_are_cues_where_the_picture_stays_clean() -> None:
    def tasks(*languages: Subtitles) -> dict[str, object]:
        delivery = Delivery(has_pages=True, has_streams=True, has_leaflets=False, archive=("mkv",))
        rungs = (*DEFAULT_RUNGS, *EDITION_RUNGS)
        return {
            task.name: task for task in plan_deliverables(make_workshop(), languages, rungs, "film", delivery).tasks
        }

    before, after = tasks(subtitles("fr"), subtitles("ar")), tasks(with_sign(subtitles("fr")), subtitles("ar"))
    changed = {name for name, task in after.items() if before.get(name) != task}
    # cells have six seconds: the one from 18 to 24 s is the fourth. Files are joined of pieces, by their names
    pieces = {f"picture {name} part 4 fr" for name in ("phone-480p", "phone-360p", "story", "post")}
    burned = {"file phone-480p fr", "file phone-360p fr"}  # another piece; those of editions have the same names
    texts = {"captions fr", "stream text fr", "file web-1080p fr", "file web-720p fr"}
    assert changed == pieces | burned | texts | {"archive mkv"}
    assert not set(before) - set(after)
    again = tasks(with_sign(subtitles("fr"), "Tribunal de la famille"), subtitles("ar"))
    assert {name for name, task in again.items() if after[name] != task} == pieces | texts | {"archive mkv"}


def test_a_voice_without_text_has_words_in_its_burned_in_pictures() -> None:
    made = plan_deliverables(
        make_workshop(),
        [with_sign(replace(subtitles("fr"), has_text=False))],
        DEFAULT_RUNGS,
        "film",
        Delivery(has_pages=False, has_streams=False, has_leaflets=False),
    )
    own = {task.name for task in made.tasks if task.kind == "picture" and task.language}
    assert own == {"picture phone-480p part 4 fr mark", "picture phone-360p part 4 fr mark"}


def test_the_film_of_little_data_changes_nothing_of_what_is_made_without_it() -> None:
    delivery = Delivery(has_pages=True, has_streams=True, has_leaflets=False, archive=("mkv",))
    languages = [subtitles("fr"), subtitles("ar")]
    plain = plan_deliverables(make_workshop(), languages, DEFAULT_RUNGS, "film", delivery)
    # of a louder kind than all others, to see that no stream and no archive takes its sound for the best
    little = replace(LITTLE_DATA_RUNG, audio_kbps=256, channels=2)
    both = plan_deliverables(make_workshop(), languages, (*DEFAULT_RUNGS, little), "film", delivery)
    added = {each.path: each for each in both.deliverables if each not in plain.deliverables}
    assert set(added) == {f"{tag}/film.{tag}.light-av1.mp4" for tag in ("fr", "ar")}
    assert {each.text for each in added.values()} == {Text.NONE}
    tasks = {task.name: task for task in both.tasks}
    assert all(tasks[task.name] == task for task in plain.tasks)
    assert {name for name in tasks if name.startswith("picture light-av1")} == {
        f"picture light-av1 part {place}" for place in range(1, 11)
    }
    assert "sound original 256k 2ch opus" in tasks


def test_pictures_with_the_title_are_made_where_they_are_asked_for_and_share_their_stills() -> None:
    languages = [subtitles("fr"), replace(subtitles("ar"), title="حقوقك"), replace(subtitles("nl"), title="\U0001f642")]
    plain = Delivery(has_pages=True, has_streams=False, has_leaflets=False)
    before = plan_deliverables(make_workshop(), languages, DEFAULT_RUNGS, "film", plain)
    after = plan_deliverables(
        make_workshop(), languages, DEFAULT_RUNGS, "film", replace(plain, has_title_pictures=True)
    )
    added = {each.path for each in after.deliverables} - {each.path for each in before.deliverables}
    # no font of ours draws the title in Dutch
    assert added == {
        f"{tag}/film.{tag}.{name}.jpg" for tag in ("fr", "ar") for name in ("share-1200x630", "share-1080x1080")
    }
    old, new = ({task.name: task for task in made.tasks} for made in (before, after))
    assert all(new[name] == task for name, task in old.items())
    assert set(new) - set(old) == {
        "title stills",
        *(f"{name} {tag}" for tag in ("fr", "ar") for name in ("share-1200x630", "share-1080x1080")),
    }
    assert expected_seconds(new["share-1200x630 fr"]) < 1, "one frame is drawn on, and compressed"


# --- voice without text, text without voice ---------------------------------------------------------------------------

#: The rungs of these tests: a web one, and the phones' smallest, with less text or less voice.
WEB, PHONE = DEFAULT_RUNGS[1], DEFAULT_RUNGS[-1]
NO_TEXT, NO_VOICE = replace(PHONE, shows_text=False), replace(PHONE, has_voice=False)


def dubbed(tag: str, **change: Any) -> Subtitles:  # noqa: ANN401 - fields of several types
    plain = subtitles(tag)
    dubbing = decide_dubbing(
        Dub(language=tag, path=f"video/stems/{tag}"), plain.track, film_ms=60_000, profile=plain.language.limits
    )
    return replace(plain, voice=Voice(dubbing=dubbing, files=()), **change)


def carried(of: Subtitles, rung: Rung, *, has_sound: bool = True) -> tuple[Text, Sound]:
    content = choose_content(make_footage(has_sound=has_sound), of, rung)
    return content.text, content.sound


def test_usually_a_film_has_its_text_and_its_language_s_voice() -> None:
    assert carried(dubbed("fr"), PHONE) == (Text.BURN_IN, Sound.DUB)
    assert carried(subtitles("fr"), WEB) == (Text.MUX, Sound.ORIGINAL)
    assert carried(dubbed("fr", has_text=False), WEB) == (Text.NONE, Sound.DUB)


@pytest.mark.parametrize("rung", [PHONE, NO_TEXT], ids=["asked of the language", "asked of the rendition"])
def test_text_is_left_out_where_the_language_is_heard_and_nowhere_else(rung: Rung) -> None:
    """The film of these tests speaks English."""
    shows_text = rung is not PHONE
    assert carried(dubbed("fr", shows_text=shows_text), rung) == (Text.NONE, Sound.DUB)
    for heard in ("en", "en-simple"):
        spoken = replace(subtitles("en"), language=find_language(heard), shows_text=shows_text)
        assert carried(spoken, rung) == (Text.NONE, Sound.ORIGINAL)
        assert carried(spoken, rung, has_sound=False) == (Text.BURN_IN, Sound.ORIGINAL), "nobody hears a silent film"
    read = replace(subtitles("fr"), shows_text=shows_text)
    assert carried(read, rung) == (Text.BURN_IN, Sound.ORIGINAL), "nobody would understand it"


def test_the_film_s_own_sound_is_heard_where_the_language_is_read() -> None:
    assert carried(dubbed("fr"), NO_VOICE) == (Text.BURN_IN, Sound.ORIGINAL)
    assert carried(dubbed("fr", shows_text=False), NO_VOICE) == (Text.BURN_IN, Sound.ORIGINAL)
    assert carried(dubbed("fr", has_text=False), NO_VOICE) == (Text.NONE, Sound.DUB), "its voice is all there is"


def with_voice(*languages: Subtitles, rungs: tuple[Rung, ...]) -> Blueprint:
    delivery = Delivery(has_pages=True, has_streams=False, has_leaflets=False)
    return plan_deliverables(make_workshop(), languages, rungs, "film", delivery)


def films_told(planned: Blueprint) -> dict[str, tuple[Text | None, str]]:
    return {each.path: (each.text, each.sound) for each in planned.deliverables if each.path.endswith(".mp4")}


def test_a_film_without_text_costs_no_picture_of_its_own_and_a_page_needs_no_other() -> None:
    made = with_voice(dubbed("fr", shows_text=False), rungs=(WEB, PHONE))
    assert films_told(made) == {
        "fr/film.fr.web-720p.mp4": (Text.NONE, "dub"),
        "fr/film.fr.phone-360p.mp4": (Text.NONE, "dub"),
    }
    assert not [task.name for task in made.tasks if task.name.startswith("picture") and task.name.endswith("fr")]
    assert {each.path for each in made.deliverables} >= {"fr/film.fr.vtt", "fr/film.fr.srt"}, "they stay beside it"


def test_one_size_may_be_there_with_the_voice_alone_and_with_the_text_alone() -> None:
    other = replace(NO_VOICE, name="phone-original")
    made = with_voice(dubbed("fr"), rungs=(WEB, NO_TEXT, other))
    assert films_told(made) == {
        "fr/film.fr.web-720p.mp4": (Text.MUX, "dub"),
        "fr/film.fr.phone-360p.mp4": (Text.NONE, "dub"),
        "fr/film.fr.phone-original.mp4": (Text.BURN_IN, "original"),
    }
    sounds = {
        task.name: [each.task for each in task.inputs if isinstance(each, Produced) and each.task.startswith("sound")]
        for task in made.tasks
        if task.kind == "file"
    }
    assert sounds["file phone-360p fr"][0].startswith("sound fr")
    assert sounds["file phone-original fr"][0].startswith("sound original")


def test_an_edition_without_text_is_never_too_small_for_it() -> None:
    long = replace(subtitles("fr").track.cues[0], lines=("Ton tuteur est une personne qui t’aide, " * 3,))
    spoken = dubbed("fr", shows_text=False)
    made = with_editions(replace(spoken, track=replace(spoken.track, cues=(long,))))
    assert made.skipped == ()


def test_cards_cost_the_first_and_the_last_cells_and_numbers_are_a_line_where_the_picture_stays_clean() -> None:
    def tasks(text: str = "112", cards: Cards = Cards()) -> dict[str, object]:  # noqa: B008 - a value that never changes
        made = replace(make_workshop(), cards=cards, campaign=Campaign(help=(HelpNumber(number="116 000"),)))
        french = subtitles("fr")
        cue = replace(french.track.cues[0], span=Span(start_ms=30_000, end_ms=31_000), lines=(text,))
        french = replace(french, track=replace(french.track, cues=(cue,)))
        delivery = Delivery(has_pages=False, has_streams=True, has_leaflets=False, address="https://example.org/")
        rungs = (*DEFAULT_RUNGS, *EDITION_RUNGS)
        return {task.name: task for task in plan_deliverables(made, [french], rungs, "film", delivery).tasks}

    def changed(before: dict[str, object], after: dict[str, object]) -> set[str]:
        return {name for name, task in after.items() if before.get(name) != task}

    sizes = ("phone-480p", "phone-360p", "story", "post")
    plain, both = tasks(), tasks(cards=Cards(title_ms=3000, end_ms=5000))
    # 60 s are ten cells of six
    pieces = {f"picture {size} part {place} fr" for size in sizes for place in (1, 10)}
    texts = {"captions fr", "stream text fr", "file web-1080p fr", "file web-720p fr"}
    assert changed(plain, both) == pieces | texts | {"file phone-480p fr", "file phone-360p fr"}
    title = tasks(cards=Cards(title_ms=3000))
    assert not changed(plain, title) & texts  # nobody needs to be told the title of what plays
    edited = tasks("116 000", cards=Cards(title_ms=3000, end_ms=5000))
    assert changed(both, edited) == {f"picture {size} part 6 fr" for size in sizes} | texts


def with_signer(
    *languages: Subtitles, size: tuple[int, int] = (640, 360), rung: Rung = SIGNED_PICTURE_RUNG
) -> Blueprint:
    """Plan a film of a minute of which French has an interpreter."""
    shop = make_workshop()
    video = replace(shop.film.video, display_width_px=size[0], display_height_px=size[1])
    signer = replace(
        shop.film,
        info=replace(shop.film.info, digest="aa" * 32, video=video),
        source=SourceFile(name="signed.mp4", path=Path("fr.mp4"), digest="aa" * 32),
    )
    beside = tuple(replace(each, digest=f"{each.cell.first + 7:064x}") for each in shop.film.footage[Fraction(25)])
    signed = SignedFilm(language=find_language("fr"), film=signer, beside=beside)
    delivery = Delivery(has_pages=False, has_streams=False, has_leaflets=False)
    with_one = replace(shop, signed=(signed,))
    return plan_deliverables(with_one, languages, (*DEFAULT_RUNGS, rung), "film", delivery)


def test_a_film_with_its_interpreter_is_made_of_languages_that_have_one_and_an_edited_cue_costs_its_cell() -> None:
    def pieces(text: str) -> dict[str, Task]:
        french = subtitles("fr")
        cue = replace(french.track.cues[0], lines=(text,))
        made = with_signer(replace(french, track=replace(french.track, cues=(cue,))), subtitles("ar"))
        shown = [each.path for each in made.deliverables if each.rendition == "signed-720p"]
        assert shown == ["fr/film.fr.signed-720p.mp4"]
        return {task.name: task for task in made.tasks if task.name.startswith("picture signed-720p")}

    before, after = pieces("112"), pieces("116 000")
    assert len(before) == 10
    assert {name for name, task in before.items() if after[name] != task} == {"picture signed-720p part 1 fr signed fr"}
    for place, task in enumerate(before.values()):
        parts = [each.part for each in task.inputs if isinstance(each, SourceFile) and each.name == "signed.mp4"]
        assert parts == [f"{150 * place + 7:064x}"], "what the interpreter shows in this cell, and nothing else"


def test_another_corner_is_another_picture_and_one_that_would_be_too_small_is_told() -> None:
    def documents(rung: Rung) -> list[object]:
        made = with_signer(subtitles("fr"), rung=rung)
        return [task.action.document() for task in made.tasks if task.name.startswith("picture signed-720p")]

    left = replace(SIGNED_PICTURE_RUNG, place=Corner.TOP_LEFT)
    assert all(one != other for one, other in zip(documents(SIGNED_PICTURE_RUNG), documents(left), strict=True))
    wide = with_signer(subtitles("fr"), size=(2100, 900))
    (skipped,) = [each for each in wide.skipped if each.rendition == "signed-720p"]
    assert "less than a sixth of the picture" in skipped.why
    assert not [each for each in wide.deliverables if each.rendition == "signed-720p"]
