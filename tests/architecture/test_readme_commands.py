"""What the READMEs tell people to type is what perfxl understands."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from perfxl.cli.main import cli
from tests.architecture.repo import READMES, ROOT, pyproject

COMMAND = re.compile(r"(?:^|\s|`|&& )(?:\.venv/bin/)?perfxl +([a-z][^`#\n]*)", re.MULTILINE)


def _code_of(text: str) -> Iterator[str]:
    """Fenced blocks, indented blocks' lines and inline code."""
    yield from re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    yield from re.findall(r"^ {4}(.*)$", text, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", text)


def _typed(path: Path) -> list[str]:
    """The words after `perfxl`, once each, of every command that a README shows."""
    code = "\n".join(_code_of(path.read_text(encoding="utf-8")))
    return sorted({found.strip() for found in COMMAND.findall(code)})


def _context(words: list[str]) -> tuple[click.Context, list[str]]:
    """The innermost command that the words name, and the words that are left for it."""
    context = click.Context(cli, info_name="perfxl")
    command: click.Command = cli
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        inner = command.get_command(context, words[0])
        assert inner is not None, f"no command {words[0]}"
        context = click.Context(inner, parent=context, info_name=words[0])
        command, words = inner, words[1:]
    return context, words


TYPED = [(path, words) for path in READMES for words in _typed(path)]


@pytest.mark.parametrize(("path", "typed"), TYPED, ids=[f"{p.name}: {t}" for p, t in TYPED])
def test_readme_command__is_understood(path: Path, typed: str) -> None:
    context, words = _context(shlex.split(typed))
    assert words or not isinstance(context.command, click.Group)
    parser = context.command.make_parser(context)
    parser.parse_args(args=words)  # an option that does not exist raises


def test_parser__refuses_an_option_that_does_not_exist() -> None:
    context, words = _context(["check", "a.xlsx", "--no-such-option"])
    with pytest.raises(click.NoSuchOption):
        context.command.make_parser(context).parse_args(args=words)


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_readme__shows_every_command(path: Path) -> None:
    context = click.Context(cli, info_name="perfxl")
    shown = {typed.split()[0] for typed in _typed(path)}
    assert set(cli.list_commands(context)) - shown == set()


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_readme__links_to_files_that_exist(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert local
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_readmes__give_the_set_up_and_test_commands() -> None:
    set_up = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/perfxl demo"
    assert all(set_up in path.read_text(encoding="utf-8") for path in READMES)
    assert "bash tests/run" in READMES[0].read_text(encoding="utf-8")
    assert pyproject()["project"]["scripts"]["perfxl"] == "perfxl.cli.main:main"


def test_demo__runs_in_an_empty_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "perfxl", "demo"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert done.stdout.strip()
    assert list(tmp_path.rglob("*.annotated.xlsx"))
