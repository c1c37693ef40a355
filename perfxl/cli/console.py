"""What goes to the terminal: data to stdout, talk to stderr, and no character it lacks."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")

# Exit statuses are API: see README.
DONE, FINDINGS, USAGE, FAILED = 0, 1, 2, 3


def prepare() -> None:
    """Let a console that lacks a character (GBK has no ✓) print another instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def emit(text: str, *, utf8: bool = False) -> None:
    """Data to stdout; what programs read is UTF-8 whatever the console is set to."""
    click.echo(text.encode() + b"\n" if utf8 else text, nl=not utf8)


def say(message: str) -> None:
    """Talk to the person, on stderr."""
    click.echo(message, err=True)


def wants_color() -> bool:
    """Whether stdout is a terminal that shows colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def progress(items: Sequence[T], label: str) -> Iterator[T]:
    """The items, with a bar on stderr while they are worked through; none off a terminal."""
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar


@contextmanager
def progress_of(items: Iterable[T], count: int, label: str) -> Iterator[Iterable[T]]:
    """The items of a known count, with a bar on stderr while they come; none off a terminal."""
    if count < 2 or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, length=count, label=label, file=sys.stderr, show_pos=True) as bar:
        yield bar
