"""The dashboard in a real browser: filters, drill-down, keyboard, print, widths, policy."""

import re
import struct
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.batch.dashboard import heat
from perfxl.batch.dashboard.page import dashboard_html
from perfxl.batch.model import Collection
from perfxl.batch.summary.counted import counted, indicator_paths
from tests.browser.chromium import Chromium
from tests.forms.mutate import Draft
from tests.unit.batch.summary.rounds import collection, entry, filed, full_marks, mixed

STATE = """
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((n) => !n.hidden);
  const state = () => ({
    units: seen("details.unit").map((n) => n.id),
    rows: seen(".heat tbody tr").map((n) => n.dataset.unit),
    status: document.getElementById("status").textContent,
    nothing: !document.getElementById("nothing").hidden,
    filtered: document.getElementById("filtered").textContent,
  });
  const search = (text) => {
    const box = document.getElementById("query");
    box.value = text;
    box.dispatchEvent(new Event("input"));
  };
  const key = (name) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key: name, bubbles: true, cancelable: true}));
"""


@pytest.fixture
def browser(tmp_path: Path) -> Chromium:
    return Chromium(tmp_path)


@pytest.fixture(scope="module")
def page() -> str:
    return dashboard_html(mixed())


def test_script_runs_under_the_policy__tools_appear(browser: Chromium, page: str) -> None:
    dom = browser.dom(page)
    assert re.search(r'id="status"[^>]*>显示 8/8 家', dom)
    assert '<div class="tools" id="tools">' in dom
    assert '<div class="actions" id="heat-tools">' in dom


def test_policy__stops_any_other_script(browser: Chromium, page: str) -> None:
    alien = page.replace("</body>", '<script>document.body.id = "taken"</script></body>')
    assert 'id="taken"' not in browser.dom(alien)


def test_page__asks_the_network_for_nothing(page: str) -> None:
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r'(?:src|href|action)="(?!#)|url\(|@import|https?://', page)


def test_hostile_texts__do_nothing(browser: Chromium) -> None:
    take = "document.title='taken'"
    attack = f'</script><script>{take}</script><img src=x onerror="{take}">" \''
    one = entry(1)
    bad = replace(
        one,
        path=attack,
        shortfalls=tuple(replace(s, reason=attack, path=(attack,)) for s in one.shortfalls),
        scores=tuple(replace(s, path=(attack, attack)) for s in one.scores),
    )
    outcome = filed("1", bad)
    unit = replace(outcome.unit, code=attack, name=attack, district=attack)
    round_ = collection(
        replace(outcome, unit=unit, why=attack), filed("2", entry(2)), scheme_id=attack
    )
    html = dashboard_html(round_)
    told = browser.answer(
        html, STATE + "return [document.title, document.images.length, state().units.length];"
    )
    assert told == ["2024年度绩效自评报送看板", 0, 2]


def test_every_unit__has_its_state_and_its_findings(browser: Chromium, page: str) -> None:
    script = """
      const badge = (n) => document.querySelector(`#u${n} summary .badge`).textContent;
      const third = document.querySelector("#u3");
      return [[1, 2, 4, 8].map(badge), third.querySelectorAll(".finding.error").length > 0,
        third.querySelector(".findings").textContent.includes("半分")];
    """
    assert browser.answer(page, STATE + script) == [["已报", "迟报", "未报", "免报"], True, True]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("第101局", ["u1"]),
        ("半分", ["u3"]),
        ("第１０１局", ["u1"]),
        ("无此一家", []),
    ],
)
def test_search__finds_units_by_any_word(
    browser: Chromium, page: str, words: str, units: list[str]
) -> None:
    told = browser.answer(page, STATE + f"search({words!r}); return state();")
    assert told["units"] == units
    assert [f"u{row}" for row in told["rows"]] == units
    assert told["nothing"] is not bool(units)
    assert words in told["filtered"]


def second_part_lost(draft: Draft) -> Draft:
    """Points lost in the second of two rows that share one name, and nowhere else."""
    part = "采购意向公开合规性#2"
    lost = full_marks(draft).with_leaf(part, score=Decimal(1), reason="晚公开", action="按月核对")
    return lost.with_right_total()


def test_shortfall_picked__finds_the_units_though_rows_share_a_name(browser: Chromium) -> None:
    round_ = collection(filed("1", entry(1, second_part_lost)), filed("2", entry(2, full_marks)))
    script = """
      document.querySelector("[data-search]").click();
      return [document.querySelector("[data-search]").dataset.search, state().units];
    """
    name, units = browser.answer(dashboard_html(round_), STATE + script)
    assert name.endswith("采购意向公开合规性（2）")
    assert units == ["u1"]


def test_chips_and_district__narrow_together(browser: Chromium, page: str) -> None:
    script = """
      document.querySelector('.chip[data-state="received"]').click();
      const first = state().units;
      const pick = document.getElementById("district");
      pick.value = "乙区"; pick.dispatchEvent(new Event("change"));
      const second = state().units;
      document.getElementById("reset").click();
      return [first, second, state().units.length];
    """
    assert browser.answer(page, STATE + script) == [["u1", "u3", "u5", "u6"], ["u5", "u6"], 8]


def test_heat_map__says_what_a_cell_means_in_words(browser: Chromium, page: str) -> None:
    script = """
      const cells = (n) => [...document.querySelectorAll(`.heat tr[data-unit="${n}"] td.cell`)];
      const of = (n) => cells(n).find((cell) => cell.title.includes("合同备案时效性"));
      return [3, 5, 6].map((n) => [of(n).classList[1], of(n).textContent, of(n).title]);
    """
    word, zero, blank = browser.answer(page, script)
    assert word[:2] == ["unknown", "?"]
    assert word[2].endswith("填的是“半分”，不是数字")
    assert (zero[0], zero[1]) == ("short-3", "1")
    assert blank[2].endswith("空白")


def test_drilling__opens_the_unit_even_when_it_was_filtered_away(
    browser: Chromium, page: str
) -> None:
    script = """
      search("第102局");
      location.hash = "u5";
      window.dispatchEvent(new HashChangeEvent("hashchange"));
      const unit = document.getElementById("u5");
      return [unit.open, unit.hidden, document.activeElement === unit.querySelector("summary")];
    """
    assert browser.answer(page, STATE + script) == [True, False, True]


def test_keyboard__arrows_walk_the_map_and_slash_searches(browser: Chromium, page: str) -> None:
    script = """
      const first = document.querySelector('.heat td.cell[tabindex="0"]');
      first.focus(); key("ArrowRight"); key("ArrowDown");
      const at = document.activeElement;
      const told = [at.cellIndex, at.closest("tr").dataset.unit,
        document.querySelectorAll('.heat td.cell[tabindex="0"]').length,
        document.getElementById("heat-told").textContent === at.title];
      key("/"); told.push(document.activeElement.id);
      search("第102局"); key("Escape"); told.push(state().units.length);
      return told;
    """
    assert browser.answer(page, STATE + script) == [3, "2", 1, True, "query", 8]


def test_sorting__by_points_lost_and_back(browser: Chromium, page: str) -> None:
    script = """
      const lost = () => seen(".heat tbody tr").map((n) => Number(n.dataset.lost));
      const before = lost();
      document.getElementById("sort").click(); const sorted = lost();
      document.getElementById("sort").click();
      return [sorted, JSON.stringify(before) === JSON.stringify(lost())];
    """
    lost, is_back = browser.answer(page, STATE + script)
    assert lost == sorted(lost, reverse=True)
    assert is_back


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_no_sideways_scrolling__but_inside_the_map(
    browser: Chromium, page: str, width: int
) -> None:
    script = """
      const inside = document.querySelector("iframe").contentDocument;
      inside.querySelectorAll("details").forEach((node) => { node.open = true; });
      const root = inside.documentElement;
      const out = [...inside.querySelectorAll("body *")].filter((n) =>
        !n.closest(".scroll") && !n.closest(".skip") && !n.closest("svg") &&
        n.getBoundingClientRect().right > root.clientWidth + 1 &&
        n.getBoundingClientRect().width > 0 && !n.closest("thead"));
      return [root.scrollWidth <= root.clientWidth, out.map((n) => n.className || n.tagName)];
    """
    assert browser.answer(page, script, frame=width) == [True, []]


@pytest.mark.parametrize("width", [400, 1200])
def test_grades__stand_on_one_line_each(browser: Chromium, page: str, width: int) -> None:
    script = """
      const inside = document.querySelector("iframe").contentDocument;
      return [...inside.querySelectorAll(".grades tbody th")].map((head) => {
        const range = inside.createRange();
        range.selectNodeContents(head);
        return range.getClientRects().length === 1 && head.scrollWidth <= head.clientWidth;
      });
    """
    told = browser.answer(page, script, frame=width)
    assert len(told) > 1
    assert all(told)


def test_print__holds_the_figures_and_no_tools(browser: Chromium, page: str) -> None:
    text = "".join(browser.printed(page))
    assert "应报7家" in text
    assert "第104局" in text
    assert "清除筛选" not in text


def test_picture__has_the_colours_of_the_bars(browser: Chromium, page: str) -> None:
    data = browser.picture(page, 1280, 1600)
    assert struct.unpack(">II", data[16:24]) == (1280, 1600)
    assert len(data) > 60_000  # a blank page of the size is a tenth of it


def test_same_round_same_page_without_contacts(page: str) -> None:
    assert dashboard_html(mixed()) == page
    for word in ("联系人甲", "内线1", "内线2", "某同志"):
        assert word not in page


def test_nothing_came__still_a_page(browser: Chromium) -> None:
    empty = replace(mixed(), outcomes=(), strangers=(), round=None)
    told = browser.answer(dashboard_html(empty), STATE + "return state();")
    assert told["status"] == "显示 0/0 家"


def many_indicators(count: int) -> Collection:
    """A round whose forms have very many indicators."""
    one = entry(1)
    scores = tuple(
        replace(one.scores[0], path=("组", "项", f"第{number}项")) for number in range(count)
    )
    return collection(filed("1", replace(one, scores=scores)), filed("2", entry(2)))


def test_heat_map__holds_every_indicator_however_many(browser: Chromium) -> None:
    page = dashboard_html(many_indicators(130))
    script = """
      const first = document.querySelector('.heat td.cell[tabindex="0"]');
      first.focus(); key("End");
      const at = document.activeElement;
      return [document.querySelectorAll(".heat thead .upright").length, at.cellIndex,
        [...document.querySelectorAll(".heat .upright")].some((n) => n.textContent === "第129项")];
    """
    columns, at, has_last = browser.answer(page, STATE + script)
    assert has_last
    assert at == columns + 1
    assert f"2张表×{columns}项指标" in page
    printed = "".join(browser.printed(page))
    assert f"指标有{columns}项，纸上排不下" in printed
    assert "第129项" not in printed


def test_heat_map__says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heat, "_MAX_COLUMNS", 100)
    monkeypatch.setattr(heat, "_MAX_CELLS", 100)
    page = dashboard_html(many_indicators(130))
    left_out = len(indicator_paths(counted(many_indicators(130)))) - 100
    assert f"另有{left_out}项指标没有列出，见汇总表“指标失分”页" in page
    assert "共2张表，这里只列失分最多的1张" in page
