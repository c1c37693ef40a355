import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from perfxl.errors import SchemeError
from perfxl.scheme.find import (
    example_files,
    get_scheme,
    list_schemes,
    scheme_folder,
    scheme_folders,
    scheme_vocabulary,
)
from tests.unit.scheme.forms import TEMPLATES


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, so that only shipped schemes are found."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def copy_scheme(target: Path, old: str = "", new: str = "") -> Path:
    """A copy of a shipped scheme whose id becomes the target folder's name."""
    shutil.copytree(TEMPLATES / "guangzhou-2022", target)
    file = target / "scheme.toml"
    text = file.read_text(encoding="utf-8").replace('"guangzhou-2022"', f'"{target.name}"')
    file.write_text(text.replace(old, new), encoding="utf-8")
    return target


def test_list_schemes__shipped_ones_from_anywhere(elsewhere: Path) -> None:
    ids = [scheme.id for scheme in list_schemes()]
    assert {"guangzhou-2022", "shenzhen-2023"} <= set(ids)
    assert ids == sorted(ids)


def test_list_schemes__templates_of_the_current_folder_come_before_shipped(elsewhere: Path) -> None:
    title = "广州市部门整体支出绩效自评表（2022年度）"
    copy_scheme(elsewhere / "templates" / "guangzhou-2022", title, "本地改过的表")
    copy_scheme(elsewhere / "templates" / "town-2024")
    titles = {scheme.id: scheme.title for scheme in list_schemes()}
    assert titles["guangzhou-2022"] == "本地改过的表"
    assert titles["town-2024"] == title
    assert "shenzhen-2023" in titles


def test_list_schemes__the_users_folder_comes_first(elsewhere: Path) -> None:
    copy_scheme(elsewhere / "templates" / "town-2024", 'version = "1"', 'version = "here"')
    copy_scheme(elsewhere / "方案 库" / "town-2024", 'version = "1"', 'version = "named"')
    assert get_scheme("town-2024").version == "here"
    assert get_scheme("town-2024", elsewhere / "方案 库").version == "named"
    assert get_scheme("town-2024", elsewhere / "方案 库" / "town-2024").version == "named"
    assert get_scheme(" TOWN-2024 ", Path("方案 库")).version == "named"


def test_list_schemes__foreign_templates_folder_is_passed_over(elsewhere: Path) -> None:
    (elsewhere / "templates" / "web").mkdir(parents=True)
    (elsewhere / "templates" / "index.html").write_text("<p>", encoding="utf-8")
    assert "web" not in [folder.name for folder in scheme_folders()]


def test_get_scheme__near_miss_is_suggested(elsewhere: Path) -> None:
    with pytest.raises(SchemeError, match="没有评分方案“guangzou-2022”，是否 guangzhou-2022？"):
        get_scheme("guangzou-2022")


def test_get_scheme__far_miss_lists_what_there_is(elsewhere: Path) -> None:
    with pytest.raises(SchemeError, match=r"现有：.*guangzhou-2022.*shenzhen-2023"):
        get_scheme("xyz")


def test_scheme_folders__users_folder_missing_or_empty(elsewhere: Path) -> None:
    with pytest.raises(SchemeError, match="没有这个方案文件夹"):
        scheme_folders(elsewhere / "nowhere")
    (elsewhere / "empty").mkdir()
    with pytest.raises(SchemeError, match="其中没有评分方案"):
        scheme_folders(elsewhere / "empty")


def test_get_scheme__users_own_file_is_validated(elsewhere: Path) -> None:
    copy_scheme(elsewhere / "mine" / "town-2024", "year = 2022", "year = 2022\nyaer = 2022")
    with pytest.raises(SchemeError, match=r"不认识 yaer（是否 year？）"):
        get_scheme("town-2024", elsewhere / "mine")


def test_scheme_vocabulary__has_the_aliases_of_the_users_layout(elsewhere: Path) -> None:
    folder = copy_scheme(elsewhere / "mine" / "town-2024")
    with (folder / "layout.toml").open("a", encoding="utf-8") as layout:
        layout.write('\n[aliases]\nscore = ["自打分"]\n')
    assert scheme_vocabulary(elsewhere / "mine").role_of("自打分") == "score"
    assert scheme_vocabulary().role_of("自打分") is None
    assert scheme_vocabulary().role_of("得分") == "score"


def test_scheme_folder__lies_beside_scheme_toml(elsewhere: Path) -> None:
    assert (scheme_folder("shenzhen-2023") / "layout.toml").is_file()


def test_example_files__are_the_shipped_ones() -> None:
    assert example_files() == sorted(TEMPLATES.glob("*/examples/*.xlsx"))


def test_list_schemes__shipped_ones_need_no_pydantic() -> None:
    code = (
        "import sys; from perfxl.scheme import find, match; find.scheme_vocabulary();"
        "assert find.list_schemes(); sys.exit('pydantic' in sys.modules)"
    )
    root = TEMPLATES.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
