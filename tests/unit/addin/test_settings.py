from pathlib import Path

import pytest

from perfxl.addin.escapes import escaped, unescaped
from perfxl.addin.settings import (
    AddinSettings,
    Mode,
    parse_settings,
    read_settings,
    settings_text,
)

TEXTS = ["", "a b", "校验", r"C:\users\x\u4e2d", "tab\tline\r\nend", "\U0001f600", "100%=a#b"]


@pytest.mark.parametrize("text", TEXTS)
def test_escaped__is_one_line_of_ascii_and_comes_back(text: str) -> None:
    line = escaped(text)
    assert line.isascii()
    assert line.isprintable()
    assert "\\" not in line.replace("\\u", "")
    assert unescaped(line) == text


def test_escaped__writes_halves_as_vba_strings_hold_them() -> None:
    assert escaped("校\\\U0001f600") == r"\u6821\u005c\ud83d\ude00"


def test_unescaped__leaves_a_path_typed_by_hand() -> None:
    assert unescaped(r"D:\tools\perfxl.exe") == r"D:\tools\perfxl.exe"


def test_settings__come_back_as_written() -> None:
    settings = AddinSettings(r"C:\用户 甲\perfxl.exe", Mode.FILE, 30, {"later": "值"})
    text = settings_text(settings)
    assert text.isascii()
    assert text.count("\r\n") == text.count("\n") == 5
    assert parse_settings(text) == settings


def test_settings__that_say_nothing_write_no_keys() -> None:
    assert settings_text(AddinSettings()) == "# perfxl\r\n"
    assert parse_settings("# mode=file\nnonsense\n\n") == AddinSettings()


def test_settings__typed_by_hand() -> None:
    read = parse_settings(" Mode = LIVE \nTIMEOUT=5\nmode=File\nprogram=D:\\x\\perfxl.exe")
    assert read == AddinSettings("D:\\x\\perfxl.exe", Mode.FILE, 5)


@pytest.mark.parametrize("line", ["mode=fast", "timeout=4", "timeout=3601", "timeout=2.5"])
def test_settings__a_value_that_cannot_be_used_is_told_and_passed_over(line: str) -> None:
    read = parse_settings(line)
    assert (read.mode, read.timeout) == (Mode.AUTO, 120)
    [told] = read.wrong
    assert line.partition("=")[2] in told
    assert parse_settings(f"{line}\nmode=auto\ntimeout=120").wrong == ()


def test_settings__a_missing_file_is_no_fault(tmp_path: Path) -> None:
    assert read_settings(None) == read_settings(tmp_path / "perfxl.ini") == AddinSettings()
    told = read_settings(tmp_path).wrong  # a folder
    assert len(told) == 1
