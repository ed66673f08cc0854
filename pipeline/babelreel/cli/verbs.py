"""The verbs of the command line."""

from __future__ import annotations

import gc
from pathlib import Path

import click

import babelreel as package
from babelreel.cli.calling.lazy_group import LazyGroup
from babelreel.errors import UsageError
from babelreel.regular_files import real_path

#: The folder of each verb, which lies there in the module of its name, and what the help says of it.
FOLDERS = {
    "project": {
        "init": "Start a project.",
        "doctor": "Find out whether this machine can do the work.",
        "probe": "Describe the film and the recordings.",
        "status": "Say how far each language is, and who approved it.",
        "clean": "Remove what can be made again.",
    },
    "subtitles": {
        "check": "Look for faults in the subtitles, and repair them.",
        "explain": "Say why a rule exists.",
        "convert": "Write subtitles of other formats as .srt.",
        "undo": "Put files back as they were before.",
    },
    "retime": {
        "shift": "Let all subtitles come later or earlier.",
        "stretch": "Let all subtitles run slower or faster.",
        "conform": "Fit all subtitles to a new cut of the film.",
    },
    "translators": {
        "approve": "Say that lines of a translation are right.",
        "send": "Write a file for a translator.",
        "receive": "Put a translator's changes into the subtitles.",
        "studio": "See, repair and approve lines in the browser.",
    },
    "build": {
        "proof": "Show each line as it is burned in, on sheets to send.",
        "plan": 'Say what "build" would do, and why.',
        "build": "Make the files, in all languages or in some.",
        "campaign": "Build several films, with one start page.",
    },
    "publish": {
        "pack": "Pack what is published for WhatsApp, YouTube, ...",
        "verify": "Compare published files with their manifest.",
        "withdraw": "Remove a language from what is published.",
        "rollback": "Publish again what was published before.",
        "serve": "Show output/ in a browser.",
    },
    "dub": {
        "dub": "Help with voices: scripts, guide tracks, takes.",
    },
    "cluster": {
        "worker": "Let this machine help other machines to build.",
        "gc": "Remove from a shared store what nobody uses.",
    },
}
VERBS = {verb: said for verbs in FOLDERS.values() for verb, said in verbs.items()}

#: After so many new objects Python looks for rings among them: tracks have many objects, and hardly a ring.
_NEW_OBJECTS = 50_000

#: The verbs that take several films in one call.
OF_SEVERAL = frozenset({"build", "check", "plan", "status", "verify"})


@click.group(
    cls=LazyGroup,
    modules={verb: f"babelreel.cli.{folder}.{verb}" for folder, verbs in FOLDERS.items() for verb in verbs},
    short_helps=VERBS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package.__version__, prog_name="babelreel")
@click.option(
    "-C",
    "--project",
    "roots",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    metavar="DIR",
    help="The project's folder, with video/ and subtitles/ in it (repeatable for build, check, plan, status and "
    "verify).  [default: where you are]",
)
@click.pass_context
def babelreel(context: click.Context, roots: tuple[Path, ...]) -> None:
    """One film, many languages.

    Put a film into video/ and one subtitle file per language into subtitles/ (fr.srt, ar.srt, ...), then run
    "babelreel build": output/ holds the files for web and phones, in every language.
    """
    collect_garbage()
    verb = context.invoked_subcommand
    context.obj = _each_once(roots) if verb in OF_SEVERAL else _only_one(roots, verb)


def collect_garbage() -> None:
    """Begin to look for what is not needed any more, and never among what was loaded; see ``main``."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS)
        gc.enable()


def _each_once(roots: tuple[Path, ...]) -> tuple[Path, ...]:
    """List the folders of the call; two of one film would stand in each other's way."""
    seen: dict[Path, Path] = {}
    for root in roots or (Path(),):
        place = real_path(root)
        if place in seen:
            raise UsageError(
                what="One folder is named twice.",
                where=f"-C {seen[place]} -C {root}",
                hint="Name each film once.",
            )
        seen[place] = root
    return tuple(seen.values())


def _only_one(roots: tuple[Path, ...], verb: str | None) -> Path:
    if len(roots) > 1:
        raise UsageError(
            what=f"“babelreel {verb}” takes one film at a time, and {len(roots)} were named.",
            where=" ".join(f"-C {root}" for root in roots),
            why=f"several films in one call are for {', '.join(sorted(OF_SEVERAL))}",
            hint=f"Call it once for each: “babelreel -C {roots[0]} {verb}”.",
        )
    return roots[0] if roots else Path()
