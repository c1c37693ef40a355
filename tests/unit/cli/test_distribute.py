from pathlib import Path

import pytest

from perfxl.cli.main import run

LIST = "单位代码,单位名称,主管区县,状态\n1,甲局,甲区,\n2,+乙局,乙区,应报\n3,丙局,,免报\n"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "单位.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_distribute__writes_copies_and_says_what_it_did(
    units: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "下发"
    words = ["distribute", "guangzhou-2022", "--units", str(units), "--due", "2025-03-31"]
    words += ["--as-of", "2025-03-01", "-o", str(output)]
    assert run(words) == 0
    told = capsys.readouterr()
    assert "下发2份（新写2份，原有0份），2个压缩包" in told.out
    assert "3 丙局：免报" in told.err
    assert "第3行“+乙局”" in told.err
    assert run(words) == 0
    assert "新写0份，原有2份" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LIST + "1,丁局,,\n", "单位代码1与第2行重复"),
        (LIST + "4,,,\n", "没有写单位名称"),
        ("项目,金额\na,1\n", "没有找到单位名单"),
    ],
)
def test_faulty_list__is_refused_before_anything_is_written(
    units: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    units.write_text(text, encoding="utf-8")
    output = tmp_path / "下发"
    assert run(["distribute", "guangzhou-2022", "--units", str(units), "-o", str(output)]) == 2
    assert words in capsys.readouterr().err
    assert not output.exists()


def test_round_file__gives_year_days_and_names(units: Path, tmp_path: Path) -> None:
    settings = tmp_path / "round.toml"
    settings.write_text('year = 2024\ndue = 2025-03-31\nfile_name = "{year}{name}"\n', "utf-8")
    output = tmp_path / "下发"
    words = ["distribute", "guangzhou-2022", "--units", str(units), "--round", str(settings)]
    assert run([*words, "-o", str(output)]) == 0
    assert (output / "甲区/2024甲局.xlsx").is_file()


def test_copy_written_again_beside_a_spoilt_one__is_counted_as_new(
    units: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "下发"
    words = ["distribute", "guangzhou-2022", "--units", str(units), "--due", "2025-03-31"]
    words += ["--as-of", "2025-03-01", "-o", str(output)]
    assert run(words) == 0
    next(output.glob("*/*.xlsx")).write_bytes(b"spoilt")
    capsys.readouterr()
    assert run(words) == 0
    assert "下发2份（新写1份，原有1份）" in capsys.readouterr().out
    assert run(words) == 0
    assert "下发2份（新写0份，原有2份）" in capsys.readouterr().out


def test_unit_that_files_with_another__is_told_with_that_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "单位.csv"
    text = "单位代码,单位名称,状态,并入单位代码\n1,甲局,,\n2,乙局,合并上报,1\n"
    listed.write_text(text, encoding="utf-8")
    words = ["distribute", "guangzhou-2022", "--units", str(listed), "--due", "2025-03-31"]
    assert run([*words, "--as-of", "2025-03-01", "-o", str(tmp_path / "下发")]) == 0
    assert "2 乙局：合并上报，由1 甲局报送" in capsys.readouterr().err
