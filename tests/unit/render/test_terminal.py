"""Widths, breaks and safe letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.render.terminal import cut, display_width, gbk_safe, pad, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("分值", 4), ("“三公”", 8), ("ＡＢ", 4), ("H8：5分", 7), ("", 0)],
)
def test_width__east_asian(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("✓ ☑ •", "√ √ ·"),
        ("a\u00a0b", "a b"),
        ("a\x1b[0mb", "a [0mb"),
        ("a\u200db", "ab"),
        ("①②", "①②"),
        ("⑳Ⅻ", "20Ⅻ"),
        ("🙂", "?"),
        ("a\tb\nc", "a b\nc"),
        ("≥60%、—…·→", "≥60%、—…·→"),
    ],
)
def test_letter_is_replaced__not_in_gbk(text: str, safe: str) -> None:
    assert gbk_safe(text) == safe


@given(st.text())
def test_safe_text_is_gbk__whatever_comes(text: str) -> None:
    safe = gbk_safe(text)

    safe.encode("gbk")
    assert all(letter == "\n" or letter.isprintable() for letter in safe)


@given(st.text(st.sampled_from("分值（）“”，。；ab1.5% 、["), max_size=80), st.integers(8, 30))
def test_wrapping_loses_no_word__any_width(text: str, width: int) -> None:
    lines = list(wrap(text, width))

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    hang = [line for line in lines if display_width(line.rstrip("，。；、）”.%")) > width]
    assert hang == []


def test_line_neither_begins_nor_ends_badly__punctuation() -> None:
    assert list(wrap("得分是五分，超过（三）", 10)) == ["得分是五分，", "超过（三）"]
    assert list(wrap("得分是五（三）分", 10)) == ["得分是五", "（三）分"]
    assert list(wrap("总分95.20差", 8)) == ["总分", "95.20差"]


def test_cut_and_pad__exact_columns() -> None:
    assert cut("合同备案时效性", 8) == "合同备…"
    assert cut("合同", 4) == "合同"
    assert pad("分", 4) == "分  "
    assert pad("1", 4, right=True) == "   1"


def test_wrap__keeps_the_address_of_a_cell_whole() -> None:
    for width in range(20, 40):
        rows = list(wrap("合同备案时效性 得分：5 → 1.5（AR102）  自评表!H32", width))
        assert any("自评表!H32" in row for row in rows), width
    rows = list(wrap("满意度90%（目标完成情况!G29），按标准应得4分", 24))
    assert any("况!G29" in row for row in rows)
    assert all(display_width(row) <= 25 for row in rows)
