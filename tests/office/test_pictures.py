"""The pictures of the READMEs and the manual: there, light, wide enough to read."""

import re
import struct

import pytest

from tests.office import manual_pictures, notices, round_pictures, screen_pictures
from tests.office.pictures import FOLDER, PICTURES, ROOT

LARGEST = 400_000


ALL = [
    *PICTURES,
    *manual_pictures.PICTURES,
    *notices.PICTURES,
    *round_pictures.PICTURES,
    *screen_pictures.PICTURES,
]


@pytest.mark.parametrize("name", ALL)
def test_picture_is_light_and_wide__as_stored(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) < LARGEST
    width, height = struct.unpack(">II", data[16:24])
    assert 1000 <= width <= 1250
    assert 300 <= height <= 1600


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_shows__every_picture_and_no_other(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\(docs/images/([^)]+)\)", text)
    assert sorted(shown) == sorted(PICTURES)


def test_manual_shows__every_picture_of_the_form() -> None:
    text = (ROOT / "docs" / "填报手册.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", text)
    assert sorted(shown) == sorted(manual_pictures.PICTURES)


def test_manuals_are_linked_from_the_chinese_readme() -> None:
    text = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    for name in ("填报手册.md", "审核手册.md", "收发手册.md", "安装.md", "模板.md"):
        assert f"(docs/{name})" in text
        assert (ROOT / "docs" / name).is_file()


def test_every_picture_that_a_page_shows_is_drawn_here() -> None:
    shown = {
        name
        for page in (ROOT / "docs").glob("*.md")
        for name in re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert shown <= set(ALL)
    assert shown | set(PICTURES) == set(ALL)
