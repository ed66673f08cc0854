"""Calls that cannot be understood, told as every other error is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from babelreel.errors import UsageError

#: What click says of a value that is none of a list; the value is read from it, as click keeps it nowhere else.
_NONE_OF = re.compile(r"'(.*?)' is not one of ")
#: And of one that is no number, or out of its range.
_NO_NUMBER = re.compile(r"'(.*)' is not a valid (?:integer|float)")
_OUT_OF_RANGE = re.compile(r"(.*) is not in the range .*")
_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*?)\)")
_NOT_THERE = re.compile(r"\w+ '(.*)' does not exist\.?")
_OTHER_KIND = re.compile(r"\w+ '(.*)' is a (file|directory)\.?")


def unknown_verb(name: str, verbs: Iterable[str], program: str) -> UsageError:
    """Say that there is no such command, and which one was probably meant."""
    near = get_close_matches(name, verbs, n=1)
    meant = f"Did you mean “{program} {near[0]}”?" if near else f"“{program} --help” lists what there is."
    return UsageError(what=f"There is no command “{name}”.", hint=meant)


def wrong_call(error: click.ClickException) -> UsageError:
    """Tell what is wrong with a call as our own errors do."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    program = context.command_path if context else "babelreel"
    shows = f"“{program} --help” shows how it is called."
    if isinstance(error, click.NoSuchOption):
        meant = _meant_option(error.option_name, context) or shows
        return UsageError(what=f"There is no option “{error.option_name}”.", where=program, hint=meant)
    if isinstance(error, click.BadOptionUsage):
        return _without_value(error, program, shows)
    if isinstance(error, click.MissingParameter):
        names = _choices(error)
        hint = f"Choose one of: {', '.join(names)}." if names else f"Write it like this: “{_least_call(context)}”."
        return UsageError(what=f"“{_parameter(error)}” is missing.", where=program, hint=hint)
    if isinstance(error, click.BadParameter):
        return _wrong_value(error, program, shows)
    if found := _TOO_MANY.match(error.message):
        return UsageError(what=f"This command takes no “{found[1]}”.", where=program, hint=shows)
    return UsageError(what=_sentence(error.format_message()), where=program, hint=shows)


def _meant_option(name: str, context: click.Context | None) -> str:
    """Say which option was probably meant, or that a value is written without one; empty where nothing is near."""
    parameters = context.command.params if context else []
    bare = name.lstrip("-")
    for each in parameters:
        if isinstance(each, click.Argument) and _bare(each, context).lower() == bare:
            return f"Write it without “{name}”: “{_least_call(context, with_also=each)}”."
    options = {option.lstrip("-"): option for each in parameters for option in each.opts if option.startswith("--")}
    near = get_close_matches(bare, options, n=1)
    return f"Did you mean “{options[near[0]]}”?" if near else ""


def _least_call(context: click.Context | None, with_also: click.Parameter | None = None) -> str:
    """Write a call with all that it needs: ``babelreel approve LANG --by NAME``."""
    if context is None:
        return "babelreel"
    needed = [each for each in context.command.params if each.required or each is with_also]
    arguments = [_bare(each, context) for each in needed if isinstance(each, click.Argument)]
    options = [
        f"{max(each.opts, key=len)} {each.make_metavar(context)}" for each in needed if isinstance(each, click.Option)
    ]
    return " ".join((context.command_path, *arguments, *options))


def _bare(argument: click.Parameter, context: click.Context | None) -> str:
    """Write the name of an argument without what says that it may be left out or repeated: ``LINE`` for [LINE]…."""
    written = argument.make_metavar(context) if context else str(argument.name)
    return written.strip("[].")


def _without_value(error: click.BadOptionUsage, program: str, shows: str) -> UsageError:
    """Say that the value of an option is missing, or that it takes none."""
    name, parameters = error.option_name, error.ctx.command.params if error.ctx else ()
    option = next((each for each in parameters if name in each.opts), None)
    if option is None or "requires" not in error.message:
        return UsageError(what=f"“{name}” takes no value.", where=program, hint=shows)
    known = _known(option)
    if known:
        hint = f"Write one of these after it: {', '.join(known)}."
    else:
        hint = f"Write it like this: “{name} {option.make_metavar(error.ctx)}”." if error.ctx else shows
    return UsageError(what=f"“{name}” needs a value.", where=program, hint=hint)


def _known(parameter: click.Parameter) -> Sequence[str]:
    """List the values that can be told beforehand, of which a project may have more."""
    kind = parameter.type
    return tuple(map(str, kind.choices)) if isinstance(kind, click.Choice) else getattr(kind, "known", ())


def _wrong_value(error: click.BadParameter, program: str, shows: str) -> UsageError:
    where = f"{program} {_parameter(error)}".strip()
    if found := _NONE_OF.match(error.message):
        names = _choices(error)
        near = get_close_matches(found[1].lower(), names, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"Choose one of: {', '.join(names)}."
        return UsageError(what=f"“{found[1]}” is not possible here.", where=where, hint=hint)
    if found := _NO_NUMBER.match(error.message):
        is_whole = "integer" in error.message
        what = f"“{found[1]}” is not a whole number." if is_whole else f"“{found[1]}” is not a number."
        return UsageError(what=what, where=where, hint=shows)
    if found := _OUT_OF_RANGE.fullmatch(error.message):
        what = f"“{found[1]}” is out of range."
        return UsageError(what=what, where=where, hint=_range(error))
    if found := _NOT_THERE.fullmatch(error.message):
        return _not_there(found[1], error.param, where)
    if found := _OTHER_KIND.fullmatch(error.message):
        return _other_kind(found[1], where, is_folder=found[2] == "directory")
    return UsageError(what=_sentence(error.message), where=where, hint=shows)


def _not_there(name: str, parameter: click.Parameter | None, where: str) -> UsageError:
    """Say that a file or folder is missing, and which one was probably meant."""
    path, kind = Path(name), parameter.type if parameter else None
    is_folder = isinstance(kind, click.Path) and not kind.file_okay
    what = f"There is no folder “{name}”." if is_folder else f"There is no file “{name}”."
    try:
        beside = [each.name for each in path.parent.iterdir() if each.is_dir() or not is_folder]
    except OSError:
        beside = []
    if near := get_close_matches(path.name, beside, n=1):
        hint = f"Did you mean “{path.with_name(near[0])}”?"
    elif isinstance(parameter, click.Option) and "--project" in parameter.opts:
        hint = "Write the folder of your project after -C: the one with video/ and subtitles/ in it."
    else:
        hint = "Correct its name, or write the whole path to it."
    return UsageError(what=what, where=where, hint=hint)


def _other_kind(name: str, where: str, *, is_folder: bool) -> UsageError:
    if is_folder:
        return UsageError(what=f"“{name}” is a folder.", where=where, hint="Name a file here.")
    return UsageError(what=f"“{name}” is a file.", where=where, hint="Name a folder here.")


def _range(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if not isinstance(kind, click.IntRange | click.FloatRange):
        return ""
    if kind.max is None:
        return f"Write {kind.min} or more."
    return f"Write a number from {kind.min} to {kind.max}."


def _choices(error: click.BadParameter) -> Sequence[str]:
    kind = error.param.type if error.param else None
    return [str(each) for each in kind.choices] if isinstance(kind, click.Choice) else ()


def _parameter(error: click.BadParameter) -> str:
    """Name an option or argument as it is typed."""
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return _bare(error.param, error.ctx)


def _sentence(message: str) -> str:
    text = " ".join(message.split())
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"
