"""docs/rule-map.md: every point of review, and only codes that exist."""

import re
from pathlib import Path

from perfxl.rules.registry import all_rules, catalogue, round_rules

MAP = Path(__file__).parents[2] / "docs" / "rule-map.md"
ROW = re.compile(r"^\| (R\d\d) \|([^|]*)\|([^|]*)\|", re.MULTILINE)


def test_map__has_every_point_once() -> None:
    points = [match[1] for match in ROW.finditer(MAP.read_text(encoding="utf-8"))]
    assert points == [f"R{number:02}" for number in range(1, 35)]


def test_map__names_codes_that_exist() -> None:
    known = {rule.code for rule in catalogue()}
    for match in ROW.finditer(MAP.read_text(encoding="utf-8")):
        codes = re.findall(r"[A-Z]{2}\d{3}", match[3])
        assert set(codes) <= known
        assert codes or match[3].strip().startswith(("需", "不查")), match[1]


def test_map__names_every_rule_about_a_table() -> None:
    """Rules about how a file or a form is built are no points of review of their own."""
    told = set(re.findall(r"[A-Z]{2}\d{3}", MAP.read_text(encoding="utf-8")))
    untold = {rule.code for rule in all_rules() if rule.family != "FL"} - told
    assert untold == {
        *("AR110", "AR111", "CS103", "NR108", "ST102", "ST103", "ST104", "ST107", "ST108"),
        "ST110",
        *("VL101", "VL103", "VL104", "VL105"),
    }


def test_map__tells_of_the_rules_over_rounds__which_are_no_points_of_review() -> None:
    (told,) = re.findall(r"^单位之间.*$", MAP.read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"[A-Z]{2}\d{3}", told) == [rule.code for rule in round_rules()]


def test_map__shows_cases_that_exist() -> None:
    for line in MAP.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        for kind, cell in zip(("pass", "fail"), cells[5:], strict=False):
            code, colon, case = cell.partition("：")
            if colon:
                (file,) = (MAP.parents[1] / "tests" / "rules").glob(f"{code.lower()}_*.md")
                assert f"## {kind}: {case}\n" in file.read_text(encoding="utf-8")
