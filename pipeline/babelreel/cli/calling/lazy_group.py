"""Load a verb only when it is called, while the help lists them all."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from babelreel.cli.calling.help_pages import HelpContext
from babelreel.cli.calling.wrong_calls import unknown_verb


class LazyGroup(click.Group):
    """A group whose verbs lie in modules of their own: ``short_helps`` has what the help says of each, by its name.

    The verb ``fly`` is the command ``fly`` of the module ``modules["fly"]``, which is loaded for nothing else.
    """

    context_class = HelpContext

    def __init__(
        self,
        *,
        modules: Mapping[str, str],
        short_helps: Mapping[str, str],
        **settings: Any,  # noqa: ANN401 - click's own
    ) -> None:
        super().__init__(**settings)
        self._modules = modules
        self._short_helps = short_helps

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """List the names of all verbs, as the help orders them."""
        return sorted(self._short_helps)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load a verb; ``None`` when there is none of this name."""
        if cmd_name not in self._short_helps:
            return None
        command: click.Command = getattr(import_module(self._modules[cmd_name]), cmd_name)
        command.context_class = HelpContext
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb of a call; raises ``UsageError`` when there is none of its name, and names the nearest."""
        if args and not args[0].startswith("-") and args[0] not in self._short_helps:
            raise unknown_verb(args[0], self._short_helps, ctx.command_path)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the verbs as click does, but load none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self._short_helps.items()))
