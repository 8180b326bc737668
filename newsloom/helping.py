"""What `newsloom help` tells: a verb with its examples, the topics, and all of it for programs."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import click

from .schemas.errors import EXIT_CODES, NotFound, nearest

TOPICS = {
    "names": "how to name an event, an actor, a place",
    "dates": "how dates are written and read",
    "files": "what goes in and what comes out",
    "programs": "calling newsloom from scripts: --json, exit codes, variables",
}
_CODES = "{exit codes}"


def topic(name: str) -> str:
    """The text of a topic."""
    text = (files(__package__) / "topics" / f"{name}.txt").read_text(encoding="utf-8")
    codes = "\n".join(f"  {code:>3}  {name:<12} {meaning}" for code, (name, meaning) in EXIT_CODES.items())
    return text.replace(_CODES, codes)


def explained(top: click.Context, words: Sequence[str]) -> str:
    """The help for a verb (`schema show` is two words) or a topic; without words the top help with the topics.

    NotFound, with the nearest names: no verb and no topic is called so.
    """
    if not words:
        listing = "\n".join(f"  {name:<10} {about}" for name, about in TOPICS.items())
        return f"{top.get_help()}\n\nTopics (newsloom help TOPIC):\n{listing}"
    if len(words) == 1 and words[0] in TOPICS:
        return topic(words[0])
    context = top
    for word in words:
        group = context.command
        known = group.commands if isinstance(group, click.Group) else {}
        if word not in known:
            names = [*known, *(TOPICS if group is top.command else ())]
            raise NotFound(f"there is no help on {' '.join(words)!r}.{nearest(word, names)}")
        context = click.Context(known[word], parent=context, info_name=word)
    return context.get_help()


def described(top: click.Context) -> dict[str, Any]:
    """The command line for programs: verbs with their arguments and options, topics, exit codes."""
    return {
        "verbs": [_described(command, name) for name, command in _verbs(top.command, ())],
        "topics": TOPICS,
        "exit_codes": [
            {"code": code, "name": name, "meaning": meaning} for code, (name, meaning) in EXIT_CODES.items()
        ],
    }


def _verbs(group: click.Command, before: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    """Every verb in the order of the help, by the words that call it."""
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(click.Context(group)):
        words = (*before, name)
        yield " ".join(words), group.commands[name]
        yield from _verbs(group.commands[name], words)


def _described(command: click.Command, name: str) -> dict[str, Any]:
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    options = [each for each in command.params if isinstance(each, click.Option)]
    return {
        "name": name,
        "help": command.get_short_help_str(300),
        "arguments": [
            {"name": each.make_metavar(click.Context(command)), "required": each.required} for each in arguments
        ],
        "options": [
            {
                "names": [*each.opts, *each.secondary_opts],
                "takes": None if each.is_flag or each.count else each.metavar,
                "repeatable": each.multiple,
                "help": each.help,
            }
            for each in options
        ],
    }
