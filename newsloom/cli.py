"""The command line: `newsloom VERB ...`, its verbs in the modules verbs_*, its errors here.

Nothing that a user can cause ends in a traceback: newsloom's own errors are one line and their exit
code, anything else is one sentence that asks for a report, and exit code 70.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import click

from . import (
    logs,
    verbs_about,
    verbs_ask,
    verbs_build,
    verbs_import,
    verbs_keep,
    verbs_look,
    verbs_mend,
    verbs_push,
    verbs_query,
    verbs_schema,
    verbs_stats,
    verbs_store,
    verbs_validate,
    verbs_view,
    verbs_why,
)
from ._version import __version__
from .console import print_json, say
from .options import verbose
from .schemas.errors import EXIT_CODES, INTERNAL, INTERRUPTED, NewsloomError, NotFound, Unclear, nearest

PIPE_CLOSED = 1  # as click has it
WHOLE = 200  # characters of the first sentence of a verb's help: more than any has
SECTIONS = (  # the verbs in --help, each in the order of use; verbs that are not here come last
    ("Build and keep", "build add import watch remove merges merge split check compact"),
    ("Ask", "why effects chain roots turning-points conflicts timeline path query"),
    ("Look", "view serve search show actors places events articles dropped stats"),
    ("Share", "export push validate"),
    ("About newsloom", "help schema samples completion licenses version"),
)


class Verbs(click.Group):
    """The verbs by what they are for, in the order of use; an unknown one is answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for _, names in self.sections() for name in names]

    def sections(self) -> list[tuple[str, list[str]]]:
        """The verbs under their headings, each verb once."""
        placed = [(heading, [name for name in names.split() if name in self.commands]) for heading, names in SECTIONS]
        known = {name for _, names in placed for name in names}
        rest = [name for name in self.commands if name not in known]
        return [(heading, names) for heading, names in (*placed, ("More", rest)) if names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, self.commands))
        for heading, names in self.sections():
            with formatter.section(heading):
                whole = ((name.ljust(width), self.commands[name].get_short_help_str(WHOLE)) for name in names)
                formatter.write_dl([*whole])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise click.UsageError(f"there is no verb {args[0]!r}.{nearest(args[0], self.commands)}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`newsloom help VERB` explains a verb with examples, `newsloom help` lists what else it explains.",
)
@click.version_option(__version__, message="newsloom %(version)s")
def newsloom() -> None:
    """News articles into a timeline of events with causes, actors and places, and the sentence behind every line.

    \b
    newsloom build news/ -o graph.html     read the articles in a folder, write a page to open
    newsloom build news/                   read them into the store, newsloom.db, to ask:
    newsloom timeline --actor Hamas --since 2024-02
    newsloom why "Iran launches drones"
    """


def add(verb: click.Command, group: click.Group) -> None:
    """Add a verb to a group of verbs: it and the verbs below it get the option -v."""
    group.add_command(verb)
    for one in (verb, *(verb.commands.values() if isinstance(verb, click.Group) else ())):
        one.params.append(verbose())


for _room in (
    verbs_build,
    verbs_import,
    verbs_keep,
    verbs_view,
    verbs_why,
    verbs_ask,
    verbs_query,
    verbs_look,
    verbs_stats,
    verbs_mend,
    verbs_validate,
    verbs_push,
    verbs_schema,
    verbs_store,
    verbs_about,
):
    for _verb in _room.VERBS:
        add(_verb, newsloom)
newsloom.params.append(verbose())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PIPE_CLOSED
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a call (`EXIT_CODES`); its errors are told on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    logs.listen(0)
    try:
        result = newsloom.main(args=given, prog_name="newsloom", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else str(error), err=True)
        return error.exit_code
    except click.UsageError as error:
        hint = f"\nSee `{error.ctx.command_path} --help`." if error.ctx else ""
        return _tell(error.exit_code, error.format_message() + hint, given)
    except NewsloomError as error:
        return _tell(error.exit_code, str(error), given, error)
    except (KeyboardInterrupt, click.Abort):
        return _tell(INTERRUPTED, "interrupted", given) if _asks_json(given) else INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("NEWSLOOM_DEBUG") or logs.is_heard():
            for line in traceback.format_exc().splitlines():
                say(line, err=True)
        message = (
            f"an internal error of newsloom ({type(error).__name__}: {error}). Please report it, with the command and "
            "what it prints with -v."
        )
        return _tell(INTERNAL, message, given)


def _tell(code: int, message: str, given: Sequence[str], error: NewsloomError | None = None) -> int:
    """The code of an error that is told: in words, or where JSON was asked for as one line of JSON, the last."""
    if _asks_json(given):
        print_json({"error": _record(code, message, error)}, err=True)
    else:
        for number, line in enumerate(message.splitlines()):
            say(line if number else f"error: {line}", err=True)
    return code


def _asks_json(given: Sequence[str]) -> bool:
    return "--json" in takewhile(lambda argument: argument != "--", given)


def _record(code: int, message: str, error: NewsloomError | None) -> dict[str, Any]:
    """An error for programs: its exit code, the name of that, the message, and the names or ids that come near."""
    record: dict[str, Any] = {"code": code, "name": EXIT_CODES[code][0], "message": message}
    if isinstance(error, NotFound):
        record["nearest"] = error.nearest
    if isinstance(error, Unclear):
        record["offered"] = error.offered
    return record
