from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.cli.settings import Settings, Typed, beside, common_rules, load_settings, profiles
from perfxl.errors import SchemeError, UsageError
from perfxl.pipeline import Options, Profile, check_file
from tests.forms import guangzhou

FULL = """
select = ["AR", "RQ", "NR"]
ignore = ["AR108"]
fail_on = "verify"
schemes = "方案"
waivers = "豁免/2024.toml"
reason_threshold = 0.5

[profile."guangzhou-2022"]
ignore = ["NR102"]
reason_threshold = 1

[profile."shenzhen-2023"]
select = ["AR102"]
"""


def settings_of(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "perfxl.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def any_scheme(name: str) -> None:
    """Every scheme exists."""


def codes(
    settings: Settings, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()
) -> set[str]:
    return {rule.code for rule in common_rules(settings, Typed(select, ignore))}


def test_defaults_hold__without_a_file() -> None:
    settings = load_settings(None)

    assert settings.fail_on == "error"
    assert settings.reason_threshold == 0
    assert {code[:2] for code in codes(settings)} >= {"FL", "ST", "AR"}


def test_file_is_read__folders_beside_it(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, FULL)

    assert settings.fail_on == "verify"
    assert settings.schemes == tmp_path / "方案"
    assert settings.waivers == tmp_path / "豁免/2024.toml"
    assert settings.reason_threshold == Decimal("0.5")
    assert {code[:2] for code in codes(settings)} == {"AR", "RQ", "NR"}
    assert "AR108" not in codes(settings)


def test_empty_file_settles_nothing(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "")

    assert codes(settings) == codes(load_settings(None))
    assert settings.fail_on == "error"


def test_select_typed__sets_the_files_choice_aside(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, FULL)

    assert codes(settings, select=("AR108", "ST101")) == {"AR108", "ST101"}


def test_ignore_typed__stands_instead_of_the_files(tmp_path: Path) -> None:
    found = codes(settings_of(tmp_path, FULL), ignore=("NR",))

    assert "AR108" in found
    assert {code[:2] for code in found} == {"AR", "RQ"}


def test_profile_overrides__what_it_names(tmp_path: Path) -> None:
    made = profiles(settings_of(tmp_path, FULL), Typed(), any_scheme)
    first, second = made["guangzhou-2022"], made["shenzhen-2023"]

    assert first.reason_threshold == 1
    assert {"AR108", "NR101"} <= {rule.code for rule in first.rules}
    assert "NR102" not in {rule.code for rule in first.rules}
    assert [rule.code for rule in second.rules] == ["AR102"]
    assert second.reason_threshold == Decimal("0.5")


def test_profile_may_set_zero__where_the_file_has_more(tmp_path: Path) -> None:
    text = 'reason_threshold = 1\n[profile."guangzhou-2022"]\nreason_threshold = 0\nignore = []\n'
    (profile,) = profiles(settings_of(tmp_path, text), Typed(), any_scheme).values()

    assert profile.reason_threshold == 0


def test_rules_typed__win_over_a_profile(tmp_path: Path) -> None:
    made = profiles(settings_of(tmp_path, FULL), Typed(("ST",)), any_scheme)

    assert {rule.family for profile in made.values() for rule in profile.rules} == {"ST"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('select = "AR"', "select 写的是 “AR”，应为列表"),
        ('selects = ["AR"]', "不认识 selects（是否 select？）"),
        ('fail_on = "warning"', "fail_on 写的是 “warning”，应为error、verify、notice、never"),
        ('reason_threshold = "1"', "reason_threshold 写的是 “1”，应为数，不加引号"),
        ("reason_threshold = -1", "reason_threshold 写的是 -1，应不小于0"),
        ('[profile."a"]\nfail_on = "error"', "不认识 profile › a › fail_on"),
        ("select = [", "不合 TOML 格式"),
    ],
)
def test_fault_is_told__file_key_found_expected(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        settings_of(tmp_path, text)

    assert str(caught.value).startswith(str(tmp_path / "perfxl.toml"))
    assert said in str(caught.value)


def test_unknown_code_is_told__with_file_and_key(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, 'ignore = ["AR999"]')
    with pytest.raises(UsageError, match=r"perfxl\.toml：ignore：.*AR999"):
        common_rules(settings, Typed(("AR102",)))


def test_unknown_code_in_a_profile_is_told__with_its_key(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, '[profile."guangzhou-2022"]\nselect = ["AR999"]')
    with pytest.raises(UsageError, match=r'profile\."guangzhou-2022" › select：.*AR999'):
        profiles(settings, Typed(), any_scheme)


def test_unknown_scheme_is_told__with_file_and_key(tmp_path: Path) -> None:
    def unknown(name: str) -> None:
        raise SchemeError(f"没有评分方案“{name}”")

    settings = settings_of(tmp_path, '[profile."guangzhou-2021"]\nselect = ["AR"]')
    with pytest.raises(UsageError, match=r'perfxl\.toml：profile\."guangzhou-2021"：没有评分方案'):
        profiles(settings, Typed(), unknown)


def test_file_is_found__in_the_folder_typed_or_beside_what_was_typed(tmp_path: Path) -> None:
    folder = tmp_path / "收到的表"
    folder.mkdir()
    book = folder / "a.xlsx"
    outer, inner = tmp_path / "perfxl.toml", folder / "perfxl.toml"

    assert beside(folder, "perfxl.toml") is None
    outer.touch()
    assert beside(folder, "perfxl.toml") == outer
    assert beside(book, "perfxl.toml") is None
    inner.touch()
    assert beside(folder, "perfxl.toml") == inner
    assert beside(book, "perfxl.toml") == inner


@pytest.mark.parametrize(("threshold", "codes_found"), [("0.49", {"NR101"}), ("0.5", set())])
def test_threshold_holds__points_lost_up_to_it_need_no_reason(
    threshold: str, codes_found: set[str], tmp_path: Path
) -> None:
    book = tmp_path / "a.xlsx"
    guangzhou.clean().with_reason("合同备案时效性", None).build(book)
    settings = settings_of(tmp_path, f"reason_threshold = {threshold}")
    options = Options(common_rules(settings, Typed()), reason_threshold=settings.reason_threshold)
    by_profile = Options(
        common_rules(settings, Typed()),
        profiles={"guangzhou-2022": Profile(options.rules, settings.reason_threshold)},
    )

    for one in (options, by_profile):
        (entry,) = check_file(book, one).entries
        assert {finding.code for finding in entry.findings} == codes_found
