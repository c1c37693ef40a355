"""The HTML page in a real browser: filters, search, keyboard, print, narrow screens, policy."""

import dataclasses
import re
import struct
import zlib
from pathlib import Path

import pytest

from perfxl.engine.selection import select_rules
from perfxl.model.report import Report
from perfxl.pipeline import Options, check_file, report_of
from perfxl.render.html import render_html
from tests.browser.chromium import Chromium
from tests.forms import guangzhou, shenzhen
from tests.unit.render.reports import FAILED, REPORT, finding

STATE = """
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((n) => !n.hidden);
  const state = () => ({
    tables: seen("details.table").map((n) => n.id),
    rows: seen("tr[data-row]").map((n) => n.dataset.row),
    open: seen("details.table").filter((n) => n.open).map((n) => n.id),
    items: seen("details.table:not([hidden]) [data-part]:not([hidden]) [data-item]").length,
    status: document.getElementById("status").textContent,
    nothing: !document.getElementById("nothing").hidden,
  });
  const search = (text) => {
    const box = document.getElementById("query");
    box.value = text;
    box.dispatchEvent(new Event("input"));
  };
  const press = (kind) => document.querySelector(`.chip.${kind}`).click();
"""


@pytest.fixture
def browser(tmp_path: Path) -> Chromium:
    return Chromium(tmp_path)


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(REPORT)


@pytest.fixture(scope="module")
def real_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Both shapes of real returns and two files that cannot be read."""
    folder = tmp_path_factory.mktemp("returns")
    paths = [
        guangzhou.build("as_meant", folder / "甲局 自评表.xlsx"),
        shenzhen.build("as_meant", folder / "乙局.xlsx"),
        folder / "截断.xlsx",
        folder / "<b>网页&改名.xlsx",
    ]
    paths[2].write_bytes(paths[0].read_bytes()[:3000])
    paths[3].write_text("<html><body>不是表</body></html>", encoding="utf-8")
    options = Options(select_rules())
    return render_html(report_of([check_file(path, options) for path in paths]))


def test_script_runs_under_the_policy__tools_appear(browser: Chromium, page: str) -> None:
    dom = browser.dom(page)
    assert re.search(r'id="status"[^>]*>显示 3/3 张', dom)
    assert '<div class="tools" id="tools">' in dom


def test_policy__stops_any_other_script(browser: Chromium, page: str) -> None:
    alien = page.replace("</body>", '<script>document.body.id = "taken"</script></body>')
    assert 'id="taken"' not in browser.dom(alien)


def test_hostile_text__does_nothing(browser: Chromium) -> None:
    take = "document.title='taken'"
    attack = f'</script><script>{take}</script><img src=x onerror="{take}">'
    bad = finding("VL102", "H8", attack, attack)
    entry = dataclasses.replace(FAILED, unit=attack, path=attack, findings=(bad,))
    told = browser.answer(
        render_html(Report("0", "r", (entry,))),
        "return {title: document.title, images: document.images.length};",
    )
    assert told == {"title": "绩效自评表校验结果", "images": 0}


def test_severity_filter__shows_only_its_items(browser: Chromium, page: str) -> None:
    told = browser.answer(page, STATE + 'press("verify"); return state();')
    assert told["tables"] == ["t2"]
    assert told["rows"] == ["2"]
    assert told["items"] == 1
    assert told["status"] == "显示 1/3 张，1 条"


def test_outcome_filter__shows_only_its_tables(browser: Chromium, page: str) -> None:
    told = browser.answer(page, STATE + 'press("unreadable"); press("pass"); return state();')
    assert told["tables"] == ["t1", "t3"]


@pytest.mark.parametrize(
    ("words", "tables", "items"),
    [
        ("H33", ["t2"], 1),  # a shortfall's cell
        ("ａｒ１０２", ["t2"], 1),  # full-width, any case
        ("某某局 三公", ["t2"], 1),  # a word of the heading and one of an item
        ("区卫健局", ["t3"], 0),  # a file's name shows the whole table
        ("没有这个词", [], 0),
    ],
)
def test_search__finds_units_files_items(
    browser: Chromium, page: str, words: str, tables: list[str], items: int
) -> None:
    told = browser.answer(page, STATE + f"search({words!r}); return state();")
    assert told["tables"] == tables
    assert told["items"] == items
    assert told["nothing"] is not bool(tables)


def test_search_opens_what_it_found__and_leaves_it_as_it_was(browser: Chromium, page: str) -> None:
    script = """
      document.getElementById("close-all").click();
      search("H33"); const during = state().open;
      search(""); return [during, state().open, state().items];
    """
    during, after, items = browser.answer(page, STATE + script)
    assert (during, after) == (["t2"], [])
    assert items > 5


def test_keyboard__slash_searches_and_escape_clears(browser: Chromium, page: str) -> None:
    script = """
      const key = (name) => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", {key: name, bubbles: true, cancelable: true}));
      key("/"); const focused = document.activeElement.id;
      search("H33"); key("Escape");
      const reachable = [...document.querySelectorAll("a[href], button, input, summary")]
        .every((node) => node.tabIndex >= 0);
      return [focused, document.getElementById("query").value, state().tables.length, reachable];
    """
    assert browser.answer(page, STATE + script) == ["query", "", 3, True]


def test_chip__says_whether_it_is_pressed(browser: Chromium, page: str) -> None:
    script = """
      const chip = document.querySelector(".chip.error");
      const told = [chip.getAttribute("aria-pressed")];
      chip.click(); told.push(chip.getAttribute("aria-pressed"));
      document.getElementById("reset").click(); told.push(chip.getAttribute("aria-pressed"));
      return told;
    """
    assert browser.answer(page, STATE + script) == ["false", "true", "false"]


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_no_sideways_scrolling(browser: Chromium, real_page: str, width: int) -> None:
    script = """
      const inside = document.querySelector("iframe").contentDocument;
      inside.querySelectorAll("details").forEach((node) => { node.open = true; });
      return [inside.defaultView.innerWidth, inside.documentElement.scrollWidth];
    """
    assert browser.answer(real_page, script, frame=width) == [width, width]


def test_print__all_open_no_controls(browser: Chromium, real_page: str) -> None:
    pages = browser.printed(real_page)
    text = "".join("".join(pages).split())
    # The passed table is closed on the screen.
    assert "合同备案时效性" in text
    assert "绩效目标完整性" in text
    assert "文件损坏" in text
    for control in ("全部展开", "清除筛选", "查找", "回到总览", "跳到各表"):
        assert control not in text
    assert f"第1页，共{len(pages)}页" in text
    assert 3 <= len(pages) <= 8


def test_printed_selection__says_that_it_is_one(browser: Chromium, page: str) -> None:
    script = STATE + 'press("verify"); return document.getElementById("filtered").textContent;'
    assert browser.answer(page, script) == "以下只是筛选出的内容：请核实"


@pytest.mark.parametrize("width", [400, 1280])
def test_picture__is_drawn_in_colour(browser: Chromium, real_page: str, width: int) -> None:
    png = browser.picture(real_page, width, 1600)
    assert struct.unpack(">II", png[16:24]) == (width, 1600)
    start, data = 8, b""
    while start < len(png):
        size, kind = struct.unpack(">I4s", png[start : start + 8])
        data += png[start + 8 : start + 8 + size] if kind == b"IDAT" else b""
        start += size + 12
    # A blank or unstyled page packs far smaller than one with text and colours.
    assert len(zlib.decompress(data)) > width * 1600 * 3
    assert len(data) > 40_000
