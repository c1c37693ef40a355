"""Settings and waivers from the command line to the marked copy."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from perfxl.cli.main import run
from tests.forms import shenzhen

WAIVER = """
[[waiver]]
rule = "{code}"
file = "坏表.xlsx"
sheet = "{sheet}"
cell = "{cell}"
value = "{provided}"
reason = "批复同意按此计分"
who = "预算科"
until = 2024-12-31
"""


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "坏表.xlsx"
    shenzhen.build("as_meant", path)
    return path


def report(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    status = run(["check", "--format", "json", "--as-of", "2024-06-30", *words])
    captured = capsys.readouterr()
    return status, json.loads(captured.out), captured.err


def error_of(said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = [f for f in said["files"][0]["findings"] if f["severity"] == "error"]
    return found


@pytest.fixture
def waived(bad: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """waivers.toml beside the workbook, for its only error."""
    _, said, _ = report(capsys, str(bad))
    path = bad.with_name("waivers.toml")
    path.write_text(WAIVER.format_map(error_of(said)), encoding="utf-8")
    return path


def test_waived_error_does_not_count__and_stays_in_sight(
    bad: Path, waived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, err = report(capsys, str(bad))

    assert status == 0
    assert said["summary"] == {
        "files": 1, "pass": 1, "fail": 0, "unreadable": 0,
        "error": 0, "verify": 4, "notice": 1, "waived": 1,
    }  # fmt: skip
    assert error_of(said)["waived"] == {
        "reason": "批复同意按此计分", "who": "预算科", "until": "2024-12-31",
    }  # fmt: skip
    assert err == f"豁免：{waived}（1条）\n"


def test_text_shows_who_and_until(
    bad: Path, waived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(bad), "--as-of", "2024-06-30"])
    out = capsys.readouterr().out

    assert "已豁免：批复同意按此计分（预算科，有效期到2024-12-31）" in out
    assert out.splitlines()[-1].endswith("请核实4处，提示1处，已豁免1处")
    assert "\n  必改\n" not in out


def test_expired_waiver_is_reported__and_the_error_counts(
    bad: Path, waived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, err = report(capsys, str(bad), "--as-of", "2025-01-01")

    assert status == 1
    assert error_of(said)["waived"] is None
    assert err.splitlines()[1].startswith("豁免已过期：")


def test_void_waiver_is_reported__the_value_has_changed(
    bad: Path, waived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = waived.read_text("utf-8")
    provided = text.partition('value = "')[2].partition('"')[0]
    waived.write_text(text.replace(f'value = "{provided}"', 'value = "99"'), encoding="utf-8")
    status, _, err = report(capsys, str(bad))

    assert status == 1
    assert err.splitlines()[1].endswith(f"豁免的值是“99”，现为“{provided}”")


def test_unused_waiver_is_reported__and_one_of_another_file_told_apart(
    bad: Path, waived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = waived.read_text("utf-8")
    gone = text.replace("cell = ", 'cell = "Z99" # ')
    other = text.replace("坏表.xlsx", "别的表.xlsx")
    waived.write_text(text + gone + other, encoding="utf-8")
    status, _, err = report(capsys, str(bad))

    lines = err.splitlines()
    assert status == 0
    assert lines[1].startswith("豁免没有用上：")
    assert "Z99" in lines[1]
    assert lines[2].startswith("有1条豁免不涉及")
    assert len(lines) == 3


def test_waivers_of_another_place__are_named_by_option_or_setting(
    bad: Path, waived: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "豁免 清单"
    elsewhere.mkdir()
    moved = waived.rename(elsewhere / "2024.toml")

    assert report(capsys, str(bad))[0] == 1
    assert report(capsys, str(bad), "--waivers", str(moved))[0] == 0
    settings = elsewhere / "s.toml"
    settings.write_text('waivers = "2024.toml"', encoding="utf-8")
    assert report(capsys, str(bad), "--config", str(settings))[0] == 0


def test_marked_copy_tells_of_the_waiver__and_does_not_mark_the_cell(
    bad: Path, waived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["annotate", str(bad), "--as-of", "2024-06-30"]) == 0
    copy = Path(capsys.readouterr().out.strip())
    with zipfile.ZipFile(copy) as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}

    assert any("已豁免：批复同意按此计分" in text for text in parts.values())
    assert not any("perfxl:error" in text for text in parts.values())
    assert not any("【校验】必改" in text for text in parts.values())


def test_settings_beside_the_workbook_hold__and_what_is_typed_wins(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bad.with_name("perfxl.toml")
    path.write_text('ignore = ["AR"]\nfail_on = "never"\n', encoding="utf-8")
    status, said, err = report(capsys, str(bad))

    assert (status, said["summary"]["error"], err) == (0, 0, f"设置：{path}\n")
    assert report(capsys, str(bad), "--fail-on", "notice")[0] == 1
    status, said, _ = report(capsys, str(bad), "--select", "AR", "--fail-on", "error")
    assert (status, said["summary"]["error"]) == (1, 1)


def test_profile_holds__for_forms_of_its_scheme_alone(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bad.with_name("perfxl.toml")
    path.write_text('[profile."shenzhen-2023"]\nignore = ["AR"]\n', encoding="utf-8")
    assert report(capsys, str(bad))[0] == 0
    path.write_text('[profile."guangzhou-2022"]\nignore = ["AR"]\n', encoding="utf-8")
    assert report(capsys, str(bad))[0] == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("perfxl.toml", 'fail = "never"', "不认识 fail（是否 fail_on？）"),
        ("perfxl.toml", '[profile."guangzhou-2021"]', "是否 guangzhou-2022？"),
        ("waivers.toml", "[[waiver]]", "缺少 waiver[第1项] › rule"),
    ],
)
def test_broken_file_leaves_with_2__said_in_chinese(
    name: str, text: str, said: str, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad.with_name(name).write_text(text, encoding="utf-8")

    assert run(["check", str(bad)]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert str(bad.with_name(name)) in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--config", "没有.toml"], "没有.toml：没有这个文件"),
        (["--waivers", "没有.toml"], "没有.toml：没有这个文件"),
        (["--as-of", "明天"], "--as-of要写成日期，如 2024-12-31"),
    ],
)
def test_wrong_option_leaves_with_2__said_in_chinese(
    words: list[str], said: str, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(bad), *words]) == 2
    assert said in capsys.readouterr().err


def test_check_loads_no_pydantic__without_files_to_hold_against_it(bad: Path) -> None:
    code = (
        "import sys; from perfxl.cli.main import run; run(['check', sys.argv[1]]);"
        "sys.exit('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(bad)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
