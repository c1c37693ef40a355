"""The command line as people and scripts meet it: words, streams, exit statuses."""

import json
from pathlib import Path

import openpyxl
import pytest

from perfxl.cli.main import run
from tests.forms import guangzhou, shenzhen


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "好 表.xlsx"
    guangzhou.build("as_meant", path)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "坏表.xlsx"
    shenzhen.build("as_meant", path)
    return path


def test_check_leaves_with_0__nothing_wrong(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(good)]) == 0
    out = capsys.readouterr().out
    assert "94.49" in out
    assert "1张通过" in out.splitlines()[-1]


def test_check_leaves_with_1__an_error_stands(bad: Path) -> None:
    assert run(["check", str(bad)]) == 1
    assert run(["check", "--fail-on", "never", str(bad)]) == 0
    assert run(["check", "--ignore", "AR", str(bad)]) == 0
    assert run(["check", "--ignore", "AR", "--fail-on", "verify", str(bad)]) == 1


def test_check_prints_json__on_stdout_alone(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(bad), "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    assert said["summary"] == {
        "files": 1, "pass": 0, "fail": 1, "unreadable": 0,
        "error": 1, "verify": 4, "notice": 1, "waived": 0,
    }  # fmt: skip
    assert said["files"][0]["path"] == str(bad)


def test_check_takes_folders__lock_files_aside(
    good: Path, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (good.parent / "~$好 表.xlsx").write_bytes(b"lock")
    (good.parent / "说明.txt").write_text("不是表", encoding="utf-8")
    run(["check", str(good.parent), "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    assert sorted(Path(f["path"]).name for f in said["files"]) == ["坏表.xlsx", "好 表.xlsx"]


def test_check_writes_files__beside_what_it_prints(bad: Path, tmp_path: Path) -> None:
    target = tmp_path / "结果.json"
    assert run(["check", str(bad), "-o", f"json={target}"]) == 1
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["error"] == 1


def test_check_writes_every_format__in_one_run(
    good: Path, bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"html": "结果.html", "junit": "结果.xml", "xlsx": "结果.xlsx", "json": "结果.json"}
    words = [w for name, file in names.items() for w in ("-o", f"{name}={tmp_path / file}")]
    assert run(["check", str(good), str(bad), *words]) == 1
    captured = capsys.readouterr()
    assert "1张有必改" in captured.out.splitlines()[-1]
    assert captured.err.count("已写入") == 4
    heads = {"html": b"<!DOCTYPE html>", "junit": b"<?xml", "xlsx": b"PK", "json": b"{"}
    for name, file in names.items():
        assert (tmp_path / file).read_bytes().startswith(heads[name])


@pytest.mark.parametrize("format_", ["html", "junit"])
def test_check_prints_html_and_junit__on_stdout(
    format_: str, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(bad), "--format", format_]) == 1
    assert capsys.readouterr().out.startswith("<")


def test_xlsx__is_never_printed_and_needs_a_file(
    bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(bad), "--format", "xlsx"]) == 2
    assert "-o xlsx=结果.xlsx" in capsys.readouterr().err
    target = tmp_path / "结果.xlsx"
    assert run(["check", str(bad), "--format", "xlsx", "-o", f"xlsx={target}"]) == 1
    assert capsys.readouterr().out == ""
    assert target.read_bytes().startswith(b"PK")


def test_junit__has_only_the_rules_asked_for(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(bad), "--format", "junit", "--select", "AR102"])
    out = capsys.readouterr().out
    assert out.count("<testcase") == 1
    assert "AR102 score-exceeds-max" in out


def test_output_never_replaces_a_checked_file(bad: Path) -> None:
    before = bad.read_bytes()
    assert run(["check", str(bad), "-o", f"json={bad}"]) == 2
    assert bad.read_bytes() == before


@pytest.mark.parametrize("name", ["另一份.xlsx", "没有的文件夹/结果.json", "."])
def test_output_target_is_refused__before_any_work(
    name: str, bad: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def work(*_: object) -> None:
        raise AssertionError("worked")

    monkeypatch.setattr("perfxl.cli.check.check_source", work)
    other = bad.with_name("另一份.xlsx")
    other.write_bytes(b"other")
    assert run(["check", str(bad), "-o", f"json={bad.parent / name}"]) == 2
    assert "-o" in capsys.readouterr().err
    assert other.read_bytes() == b"other"


def checked_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """The names checked in a folder, and the lines said."""
    run(["check", str(folder), "--format", "json"])
    captured = capsys.readouterr()
    files = json.loads(captured.out)["files"]
    return sorted(Path(f["path"]).name for f in files), captured.err.splitlines()


def test_annotated_copy_is_passed_over__beside_its_unchanged_original(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["annotate", str(bad)])
    capsys.readouterr()
    names, said = checked_in(bad.parent, capsys)
    assert names == ["坏表.xlsx"]
    (line,) = said
    assert "坏表.annotated.xlsx" in line
    assert "略过" in line
    assert run(["check", str(bad.with_name("坏表.annotated.xlsx"))]) == 1


def test_annotated_copy_is_checked__changed_since(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["annotate", str(bad)])
    copy = bad.with_name("坏表.annotated.xlsx")
    book = openpyxl.load_workbook(copy)
    book["评分表"]["I7"] = 3
    book.save(copy)
    capsys.readouterr()
    assert checked_in(bad.parent, capsys) == (["坏表.annotated.xlsx", "坏表.xlsx"], [])


def test_annotated_copy_is_checked__alone_in_its_folder(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["annotate", str(bad)])
    bad.unlink()
    capsys.readouterr()
    assert checked_in(bad.parent, capsys) == (["坏表.annotated.xlsx"], [])


def test_clean_takes_the_copies_in_a_folder__originals_beside_them(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["annotate", str(bad)])
    capsys.readouterr()
    assert run(["clean", str(bad.parent)]) == 0
    assert capsys.readouterr().out.strip().endswith("坏表.clean.xlsx")


def test_findings_workbook_is_passed_over__and_known_when_named(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = good.with_name("网页.xls")
    damaged.write_text("<html></html>", encoding="utf-8")
    run(["annotate", str(damaged)])
    damaged.unlink()
    capsys.readouterr()
    names, said = checked_in(good.parent, capsys)
    assert names == ["好 表.xlsx"]
    assert ["网页.findings.xlsx" in line and "问题清单" in line for line in said] == [True]
    assert run(["check", str(good.with_name("网页.findings.xlsx"))]) == 1
    assert "这是本工具另存的问题清单" in "".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("make", ["annotate", "report"])
def test_annotate_of_our_own_list__is_told_and_writes_nothing(
    make: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever it is called: a list that was renamed is still ours."""
    ours = good.with_name("清单.xlsx")
    if make == "annotate":
        damaged = good.with_name("网页.xls")
        damaged.write_text("<html></html>", encoding="utf-8")
        run(["annotate", str(damaged)])
        good.with_name("网页.findings.xlsx").rename(ours)
    else:
        run(["check", str(good), "-o", f"xlsx={ours}"])
    before = sorted(good.parent.iterdir())
    capsys.readouterr()
    assert run(["annotate", str(ours)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "没有标注——这是本工具另存的问题清单" in captured.err
    assert sorted(good.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "没有.xlsx"], "找不到：没有.xlsx"),
        (["check"], "缺少参数"),
        (["check", "--nope"], "没有选项“--nope”"),
        (["check", ".", "--format", "pdf"], "只能是：text、json"),
        (["chek", "a.xlsx"], "没有命令"),
        (["check", "a.xlsx", "--select", "AR999"], "AR999"),
        (["explain", "AR99"], "没有规则“AR99”"),
        (["scheme", "show", "guangzhou-2021"], "guangzhou-2022"),
        (["check", "a.xlsx", "-o", "结果"], "格式=文件"),
        (["fill", "没有.xlsx"], "自评表不对：没有.xlsx 不存在"),
        (["fill", "."], "自评表不对：. 是文件夹，这里要写文件"),
        (
            ["check", ".", "--schemes", __file__],
            f"--schemes不对：{__file__} 是文件，这里要写文件夹",
        ),
        (["new", "guangzhou-2022", "--year", "1999"], "--year要写成整数，2000至2100"),
        (["collect", ".", "--jobs", "0"], "--jobs要写成整数，1以上"),
        (["new", "guangzhou-2022", "--year", "今年"], "--year要写成整数，2000至2100"),
    ],
)
def test_wrong_usage_leaves_with_2__said_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert "Traceback" not in captured.err


def test_own_failure_leaves_with_3__without_a_traceback(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("perfxl.cli.check.check_source", crash)
    assert run(["check", str(good)]) == 3
    err = capsys.readouterr().err
    assert "自身出错" in err
    assert "Traceback" not in err


def test_annotate_then_clean__print_where_the_copies_are(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["annotate", str(bad)]) == 1
    annotated = Path(capsys.readouterr().out.strip())
    assert annotated.name == "坏表.annotated.xlsx"
    assert run(["clean", str(annotated)]) == 0
    assert Path(capsys.readouterr().out.strip()).name == "坏表.clean.xlsx"


def test_annotate_in_place__keeps_a_backup(bad: Path) -> None:
    before = bad.read_bytes()
    assert run(["annotate", "--in-place", str(bad)]) == 1
    assert bad.read_bytes() != before
    assert bad.with_name("坏表.xlsx.bak").read_bytes() == before


def test_clean_says_so__nothing_of_ours_in_it(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["clean", str(good)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "没有本工具的标注" in captured.err


def test_catalogue_commands_print_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "json"]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert set(rules[0]) == {"code", "slug", "severity", "family", "summary", "basis", "status"}
    assert len(rules) >= 20
    assert run(["explain", "ar102"]) == 0
    assert "如何修改" in capsys.readouterr().out
    assert run(["scheme", "list"]) == 0
    assert "guangzhou-2022" in capsys.readouterr().out
    assert run(["scheme", "show", "shenzhen-2023"]) == 0
    assert "绩效目标完整性" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [[], ["--help"], ["check", "--help"], ["scheme", "--help"], ["distribute", "--help"],
     ["scheme", "import", "--help"]],
)  # fmt: skip
def test_help_is_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(words)
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert "用法：" in said
    assert "Usage" not in said
    assert "Options" not in said
    assert "required" not in said


def test_demo_runs__and_leaves_highlighted_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["demo"]) == 0
    captured = capsys.readouterr()
    assert "1张通过" in captured.out.splitlines()[-1]
    assert len(list((tmp_path / "perfxl-demo").glob("*.annotated.xlsx"))) == 2
