"""The command `strongroom completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from ..ending import fail
from ..output import write

_VARIABLE = "_STRONGROOM_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete this command.

    Subcommands, options and words are completed, and, with STRONGROOM_JOURNAL set, numbers of requests and names of people.

    \b
    Examples:
      strongroom completion bash > ~/.local/share/bash-completion/completions/strongroom
      strongroom completion zsh > ~/.zfunc/_strongroom
      strongroom completion fish > ~/.config/fish/completions/strongroom.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        fail(f"nothing completes in {shell}")
    root = context.find_root()
    write(kind(root.command, {}, "strongroom", _VARIABLE).source())
