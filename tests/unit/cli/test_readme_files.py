"""The files that the READMEs show are files that perfxl takes."""

import re
from pathlib import Path

import pytest

from perfxl.batch.dates import read_register
from perfxl.batch.model import Round
from perfxl.batch.round import load_round
from perfxl.cli.settings import Typed, common_rules, load_settings, profiles
from perfxl.scheme.find import scheme_folder
from perfxl.waivers.load import load_waivers

ROOT = Path(__file__).parents[3]
READMES = ("README.md", "README.zh-CN.md")


def shown(readme: str) -> list[str]:
    """The TOML of a README: the settings, then the waivers."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("readme", READMES)
def test_settings_shown__are_taken(readme: str, tmp_path: Path) -> None:
    path = tmp_path / "perfxl.toml"
    path.write_text(shown(readme)[0], encoding="utf-8")
    settings = load_settings(path)

    assert not {r.code for r in common_rules(settings, Typed()) if r.code.startswith("FL2")}
    assert list(profiles(settings, Typed(), scheme_folder)) == ["guangzhou-2022"]


@pytest.mark.parametrize("readme", READMES)
def test_waivers_shown__are_taken(readme: str, tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(shown(readme)[1], encoding="utf-8")
    (waiver,) = load_waivers(path)

    assert waiver.rule == "AR102"


def test_round_shown__is_taken(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "distribute.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    path = tmp_path / "round.toml"
    path.write_text(block, encoding="utf-8")
    assert load_round(path).file_name == Round(2024).file_name


def test_register_shown__is_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "collect.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```\n(文件,.*?)^```", text, re.MULTILINE | re.DOTALL)
    path = tmp_path / "r.csv"
    path.write_text(block, encoding="utf-8")
    lines = read_register(path).lines
    assert [(line.turn, line.is_chosen) for line in lines] == [
        (None, False),
        (1, True),
        (None, False),
    ]
