import unicodedata
from pathlib import Path

import pytest

from perfxl.batch.names import Names, is_formula_like, safe_name

HOSTILE = [
    "../../x", "..", ".", "", "   ", "/etc/passwd", "C:\\x", "\\\\server\\share", "a/b", "甲:乙",
    "CON", "con.txt", "NUL", "COM1", "lpt9.x", "COM¹", "CONIN$", "aux ", "甲\0乙",
    "甲\n乙", "甲\t乙",
    "=1+1", "+1", "-1", "@x", "＝1", "~$锁", "名字.", "名字 ", ".隐藏", "\u202e倒", "零\u200b宽",
    "\ud800", "甲*乙?", '引"号', "<b>", "a|b", "字" * 300, "x" * 400, "é" * 130, "\u2028", "\x7f",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_name__becomes_a_legal_one_in_its_folder(text: str, tmp_path: Path) -> None:
    name = safe_name(text, ".xlsx")
    assert len(name.encode()) <= 240
    assert name == unicodedata.normalize("NFC", name).strip(" .")
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name.partition(".")[0].strip().upper() not in {"CON", "AUX", "NUL", "COM1", "COM¹"}
    assert not is_formula_like(name)
    path = tmp_path / name
    path.write_bytes(b"")
    assert [found.name for found in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("text", ["甲区财政局", "101_某局（本级）_自评表", "A-1 办公室", "甲·乙"])
def test_plain_name__stays_as_it_is(text: str) -> None:
    assert safe_name(text) == text


def test_long_name__is_cut_between_characters_and_stays_its_own() -> None:
    first, second = safe_name("字" * 200 + "甲", ".xlsx"), safe_name("字" * 200 + "乙", ".xlsx")
    assert first != second
    assert first.startswith("字" * 70)
    assert first.endswith(".xlsx")


def test_same_names__get_digits_of_their_keys() -> None:
    names = Names()
    given = [names.give(text, key) for text, key in [("Ab", "1"), ("aB", "2"), ("ａb", "3")]]
    assert given[0] == "Ab"
    assert len({name.casefold() for name in given}) == 3
    assert Names().give("aB", "2") == "aB"


def test_same_name_and_key_twice__still_differ() -> None:
    names = Names()
    assert len({names.give("甲", "1") for _ in range(4)}) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [("=a", True), (" +a", True), ("@", True), ("－1", True), ("甲=乙", False), ("", False)],
)
def test_formula_like(text: str, said: bool) -> None:
    assert is_formula_like(text) is said
