import pytest

from perfxl.scheme.stamp import STAMP_NAMES, Stamp, read_stamp, stamp_constants, stamp_values

FULL = Stamp("town-2024", "1", '某镇"应急"办', "复报", "ab12")


def test_names__are_a_fixed_contract() -> None:
    assert list(STAMP_NAMES.values()) == [
        "_perfxl_scheme",
        "_perfxl_version",
        "_perfxl_unit",
        "_perfxl_issue",
        "_perfxl_fingerprint",
        "_perfxl_code",
        "_perfxl_due",
    ]


@pytest.mark.parametrize("stamp", [FULL, Stamp("town-2024", "1")])
def test_read_stamp__from_either_copy(stamp: Stamp) -> None:
    names, properties = stamp_constants(stamp), stamp_values(stamp)
    assert read_stamp(names, properties) == stamp
    assert read_stamp(names, {}) == stamp
    assert read_stamp({}, properties) == stamp


def test_read_stamp__names_as_programs_respell_them() -> None:
    names = {name.upper(): "=" + text for name, text in stamp_constants(FULL).items()}
    assert read_stamp(names, {}) == FULL


def test_read_stamp__each_key_falls_back_on_the_property() -> None:
    names = stamp_constants(FULL) | {"_perfxl_unit": "#REF!"}
    assert read_stamp(names, stamp_values(FULL)) == FULL


def test_read_stamp__names_count_where_both_differ() -> None:
    names = stamp_constants(Stamp("city-2024", "2"))
    found = read_stamp(names, stamp_values(Stamp("town-2024", "1")))
    assert found is not None
    assert (found.scheme_id, found.version) == ("city-2024", "2")


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"_perfxl_scheme": "自评表!$A$1"},
        {"_perfxl_scheme": '""'},
        {"_perfxl_scheme": '"'},
        {"_perfxl_version": '"1"'},
        {"scheme": '"town-2024"'},
    ],
)
def test_read_stamp__none_without_a_scheme(names: dict[str, str]) -> None:
    assert read_stamp(names, {}) is None


def test_stamp_values__text_too_long_for_a_name() -> None:
    with pytest.raises(ValueError, match="_perfxl_unit"):
        stamp_values(Stamp("town-2024", "1", "字" * 256))
    assert stamp_values(Stamp("town-2024", "1", "字" * 255))
