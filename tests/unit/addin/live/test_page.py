from decimal import Decimal

import pytest

from perfxl.addin.live.page import _content, _runs, _stacked
from perfxl.model.address import Area, Place
from perfxl.model.page import Item, Look

PLACE = Place("甲's 表", "H8")


@pytest.mark.parametrize(
    ("item", "content"),
    [
        (Item("自评分超过分值"), "自评分超过分值"),
        (Item("95%"), "'95%"),
        (Item("=1+1"), "'=1+1"),
        (Item("1/2"), "'1/2"),
        (Item("SC101"), "'SC101"),
        (Item(""), ""),
        (Item(Decimal("8.95"), Look.SCORE), 8.95),
        (Item("H8", link=PLACE), """=HYPERLINK("#'甲''s 表'!H8","H8")"""),
        (Item('“"一”', link=PLACE), """=HYPERLINK("#'甲''s 表'!H8","“""一”")"""),
        (Item("长" * 256, link=PLACE), "长" * 256),
        (Item("整个文件", link=Place("", "")), "整个文件"),
    ],
)
def test_item__is_assigned_so_that_it_stays_what_it_is(item: Item, content: object) -> None:
    assert _content(item) == content


def test_rows_of_one_height__are_set_together() -> None:
    assert list(_runs([18.0, 18.0, 30.0, 18.0])) == [(1, 2, 18.0), (3, 3, 30.0), (4, 4, 18.0)]
    assert list(_runs([])) == []


def test_merges__are_stacked_by_columns() -> None:
    merges = [Area(1, 1, 1, 3), Area(2, 1, 2, 3), Area(2, 4, 2, 5), Area(4, 1, 4, 3)]
    assert _stacked(merges) == [Area(1, 1, 2, 3), Area(4, 1, 4, 3), Area(2, 4, 2, 5)]
