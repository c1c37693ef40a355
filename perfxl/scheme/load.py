"""From the files of a scheme's folder to the scheme at work."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfxl.errors import SchemeError
from perfxl.model.counting import NotApplicable
from perfxl.model.finding import Basis
from perfxl.model.form import AdjustmentKind
from perfxl.model.grade import Grade, GradeBand
from perfxl.scheme.model import (
    Adjustment,
    CapMode,
    GradeCeiling,
    ResultList,
    Scheme,
    SchemeGroup,
    SchemeIndicator,
    SchemeInput,
)
from perfxl.scheme.scoring import (
    NO,
    YES,
    questions,
    read_custom,
    read_input,
    read_measure,
    read_scoring,
)
from perfxl.tomlfile.read import read_toml

if TYPE_CHECKING:
    from perfxl.scheme.files import LayoutFile, SchemeFile

SCHEME_FILE = "scheme.toml"
LAYOUT_FILE = "layout.toml"
_SHOWN = 3  # faults told at once


def load_scheme(folder: Path, *, is_shipped: bool = False) -> Scheme:
    """The scheme of a folder.

    Args:
        folder: holds scheme.toml.
        is_shipped: the file came with perfxl and our tests have validated it; validating it once
            more, with all that must be imported for it, would double the time of a short check.

    Raises:
        SchemeError: scheme.toml is missing or wrong; names file, key, what is there and what
            should be.
    """
    path = folder / SCHEME_FILE
    data = _read(path)
    if not is_shipped:
        _validate(path, data)
    try:
        scheme = _scheme(data)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        _validate(path, data)  # says what is wrong
        raise
    if is_shipped:
        return scheme
    from perfxl.scheme.references import wrong_references

    if problems := wrong_references(scheme):
        raise SchemeError(f"{path}：{'；'.join(problems[:_SHOWN])}")
    return scheme


def load_scheme_file(folder: Path) -> "SchemeFile":
    """scheme.toml as it stands, with what only people read (descriptions, standards)."""
    from perfxl.scheme.validate import scheme_file

    path = folder / SCHEME_FILE
    return scheme_file(path, _read(path))


def load_layout(folder: Path) -> "LayoutFile":
    """layout.toml: sheets, columns and headings of the template.

    Raises:
        SchemeError: the file is missing or wrong.
    """
    from perfxl.scheme.validate import layout_file

    path = folder / LAYOUT_FILE
    return layout_file(path, _read(path))


def load_aliases(folder: Path, *, is_shipped: bool = False) -> dict[str, list[str]]:
    """The headings that a scheme adds to the common vocabulary; none without a layout.toml."""
    path = folder / LAYOUT_FILE
    if not path.is_file():
        return {}
    if not is_shipped:
        return load_layout(folder).aliases
    if b"aliases" not in path.read_bytes():  # reading TOML takes most of a short check's time
        return {}
    aliases: dict[str, list[str]] = _read(path).get("aliases", {})
    return aliases


def _validate(path: Path, data: Mapping[str, Any]) -> None:
    from perfxl.scheme.validate import scheme_file

    scheme_file(path, data)


def _read(path: Path) -> dict[str, Any]:
    return read_toml(path, "评分方案", SchemeError)


def _scheme(data: Mapping[str, Any]) -> Scheme:
    # What is optional has its default in Scheme; only what the file says is passed on.
    optional = {key: data[key] for key in ("score_decimals", "bands_assumed") if key in data}
    if "not_applicable" in data:
        optional["not_applicable"] = NotApplicable(data["not_applicable"])
    return Scheme(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        roots=tuple([_group(group, ()) for group in data["group"]]),
        total_score=Decimal(data["total_score"]),
        cap_mode=CapMode(data["caps"]),
        bands=tuple(
            [GradeBand(Grade(b["grade"]), Decimal(b["lower"])) for b in data.get("bands", ())]
        ),
        required_columns=tuple(data.get("required_columns", ())),
        basis=tuple([Basis(**item) for item in data.get("basis", ())]),
        year=data["year"],
        unknowns=tuple(data.get("unknowns", ())),
        kind=data["kind"],
        inputs=_inputs(data),
        measures=tuple([read_measure(item) for item in data.get("measure", ())]),
        lists=tuple([ResultList(**item) for item in data.get("results", ())]),
        adjustments=tuple(
            [
                Adjustment(
                    item["name"],
                    AdjustmentKind(item["kind"]),
                    Decimal(item["limit"]),
                    item.get("help", ""),
                )
                for item in data.get("adjustment", ())
            ]
        ),
        ceilings=tuple(
            [
                GradeCeiling(item["key"], item["name"], Grade(item["grade"]))
                for item in data.get("ceiling", ())
            ]
        ),
        **optional,
    )


def _inputs(data: Mapping[str, Any]) -> tuple[SchemeInput, ...]:
    """What [[input]] lists, the questions of checklists in the form's order, and ceilings."""
    return (
        *(read_input(item) for item in data.get("input", ())),
        *(
            question
            for leaf in _leaf_tables(data["group"])
            for question in questions(leaf.get("scoring", {}))
        ),
        *(
            SchemeInput(
                item["key"], item["name"], options=(YES, NO), minimum=None, is_additive=False
            )
            for item in data.get("ceiling", ())
        ),
    )


def _leaf_tables(groups: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for group in groups:
        yield from _leaf_tables(group.get("group", ()))
        yield from group.get("indicator", ())


def _group(data: Mapping[str, Any], above: tuple[str, ...]) -> SchemeGroup:
    path = (*above, data["name"])
    children: tuple[SchemeGroup | SchemeIndicator, ...] = (
        *(_group(child, path) for child in data.get("group", ())),
        *(_indicator(child, path) for child in data.get("indicator", ())),
    )
    return SchemeGroup(
        path,
        Decimal(data["max_score"]),
        children,
        tuple(data.get("aliases", ())),
        read_custom(data["custom"]) if "custom" in data else None,
    )


def _indicator(data: Mapping[str, Any], above: tuple[str, ...]) -> SchemeIndicator:
    cap = data["max_score"]
    return SchemeIndicator(
        path=(*above, data["name"]),
        max_score=None if cap == "open" else Decimal(cap),
        aliases=tuple(data.get("aliases", ())),
        part=data.get("part", ""),
        scoring=read_scoring(data["scoring"]) if "scoring" in data else None,
        may_be_not_applicable=data.get("may_be_not_applicable", False),
    )
