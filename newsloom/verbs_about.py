"""The verbs about newsloom itself: help, samples, completion, licenses, version."""

import platform
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from ._version import __version__
from .console import BOLD, FAINT, print_json, say, say_text, table
from .options import json_option

if TYPE_CHECKING:
    from .licences import Work

SHELLS = {  # where the script of each goes
    "bash": "newsloom completion bash > ~/.local/share/bash-completion/completions/newsloom",
    "zsh": "newsloom completion zsh > ~/.zfunc/_newsloom, with `fpath+=~/.zfunc; autoload -Uz compinit; compinit`",
    "fish": "newsloom completion fish > ~/.config/fish/completions/newsloom.fish",
}


def _topics(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    from .helping import TOPICS

    group = context.find_root().command
    verbs = group.commands if isinstance(group, click.Group) else {}
    return [CompletionItem(name) for name in (*verbs, *TOPICS) if name.startswith(typed)]


@click.command("help")
@click.argument("words", nargs=-1, metavar="[VERB|TOPIC]", shell_complete=_topics)
@json_option
@click.pass_context
def help_(context: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """Explain a verb, with examples, or a topic: names, dates, files, programs.

    --json describes all verbs with their arguments and options, for programs.

    \b
    newsloom help why
    newsloom help programs
    """
    from . import helping

    top = context.find_root()
    if as_json:
        print_json({"text": helping.explained(top, words)} if words else helping.described(top))
    else:
        say_text(helping.explained(top, words))


@click.command()
@json_option
def samples(as_json: bool) -> None:
    """Where the sample articles are that come with newsloom.

    \b
    newsloom samples
    """
    folder = str(files(__package__) / "samples")
    if as_json:
        print_json({"folder": folder})
    else:
        click.echo(folder)


@click.command()
@click.argument("shell", type=click.Choice([*SHELLS]))
@json_option
@click.pass_context
def completion(context: click.Context, shell: str, as_json: bool) -> None:
    """Print the script by which a shell completes verbs, options, files, event types and nodes of the store.

    \b
    newsloom completion bash > ~/.local/share/bash-completion/completions/newsloom
    newsloom completion zsh > ~/.zfunc/_newsloom
    newsloom completion fish > ~/.config/fish/completions/newsloom.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    script = made(context.find_root().command, {}, "newsloom", "_NEWSLOOM_COMPLETE").source()
    if as_json:
        print_json({"shell": shell, "script": script, "place": SHELLS[shell]})
    else:
        click.echo(script)


@click.command()
@json_option
def licenses(as_json: bool) -> None:
    """Under which licences all stands that newsloom runs with: packages, JavaScript, trained models, data.

    Packages are those that are installed and that newsloom or an extra of it needs, by way of others too.

    \b
    newsloom licenses
    newsloom licenses --json
    """
    from . import licences

    works = {"scripts": licences.scripts(), "models": licences.models(), "data": licences.data()}
    if as_json:
        import msgspec

        print_json({"packages": msgspec.to_builtins(licences.packages()), **msgspec.to_builtins(works)})
        return
    say(("Packages", BOLD))
    rows = [
        (each.name, each.version, each.licence, f"for {each.extra}" if each.extra else "", each.homepage or "")
        for each in licences.packages()
    ]
    table(rows, ({}, {}, {}, {}, FAINT), wide=2)
    _say_works("JavaScript in pages", works["scripts"])
    _say_works("Trained models", works["models"])
    _say_works("Data", works["data"])


def _say_works(heading: str, works: Sequence["Work"]) -> None:
    say("")
    say((heading, BOLD))
    for work in works:
        say(" ".join(filter(None, (work.name, work.version))), f"  {work.licence}  ", (_about(work), FAINT))


def _about(work: "Work") -> str:
    told: Iterable[str | None] = (work.by, work.use, work.homepage)
    return "; ".join(filter(None, told))


@click.command()
@json_option
def version(as_json: bool) -> None:
    """The version of newsloom.

    \b
    newsloom version
    """
    if as_json:
        print_json({"newsloom": __version__, "python": platform.python_version()})
    else:
        click.echo(f"newsloom {__version__}")


VERBS = (help_, samples, completion, licenses, version)
