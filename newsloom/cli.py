"""The command line: `newsloom VERB ...`, its verbs in the modules verbs_*, its errors here.

Nothing that a user can cause ends in a traceback: newsloom's own errors are one line and their exit
code, anything else is one sentence that asks for a report, and exit code 70.
"""

import logging
import os
import sys
import traceback
from collections.abc import Sequence

import click

from . import (
    verbs_ask,
    verbs_build,
    verbs_import,
    verbs_look,
    verbs_mend,
    verbs_push,
    verbs_query,
    verbs_store,
    verbs_validate,
    verbs_view,
    verbs_why,
)
from ._version import __version__
from .console import say
from .schemas.errors import NewsloomError, nearest

INTERNAL, INTERRUPTED, PIPE_CLOSED = 70, 130, 1  # the last as click has it


class Verbs(click.Group):
    """The verbs in the order of use; an unknown one is answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise click.UsageError(f"there is no verb {args[0]!r}.{nearest(args[0], self.commands)}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="newsloom %(version)s")
def newsloom() -> None:
    """News articles into a timeline of events with causes, actors and places, and the sentence behind every line.

    \b
    newsloom build news/ -o graph.html     read the articles in a folder, write a page to open
    newsloom build news/                   read them into the store, newsloom.db, to ask:
    newsloom timeline --actor Hamas --since 2024-02
    newsloom why "Iran launches drones"
    """


@newsloom.command()
def version() -> None:
    """The version of newsloom."""
    click.echo(f"newsloom {__version__}")


_IN_ORDER = (
    verbs_build,
    verbs_import,
    verbs_view,
    verbs_why,
    verbs_ask,
    verbs_query,
    verbs_look,
    verbs_mend,
    verbs_validate,
    verbs_push,
    verbs_store,
)
for _verb in (verb for room in _IN_ORDER for verb in room.VERBS):
    newsloom.add_command(_verb)
newsloom.add_command(newsloom.commands.pop("version"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    logging.getLogger("newsloom").addHandler(logging.NullHandler())
    try:
        code = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PIPE_CLOSED
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a call; its errors are told on standard error."""
    try:
        result = newsloom.main(args=arguments, prog_name="newsloom", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else str(error), err=True)
        return error.exit_code
    except click.UsageError as error:
        hint = f"\nSee `{error.ctx.command_path} --help`." if error.ctx else ""
        _tell(error.format_message() + hint)
        return error.exit_code
    except NewsloomError as error:
        _tell(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("NEWSLOOM_DEBUG"):
            traceback.print_exc()
        _tell(
            f"an internal error of newsloom ({type(error).__name__}: {error}). Please report it, with the command and "
            "what NEWSLOOM_DEBUG=1 before the same command prints."
        )
        return INTERNAL


def _tell(message: str) -> None:
    for number, line in enumerate(message.splitlines()):
        say(line if number else f"error: {line}", err=True)
