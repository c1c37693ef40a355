from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfxl.errors import UsageError
from perfxl.tomlfile.models import Bound, FileModel, Said, validated


class Inner(FileModel):
    reason: Said
    points_lost: Bound | None = None


class Outer(FileModel):
    inner: list[Inner] = []  # noqa: RUF012  # pydantic copies it
    by_name: dict[str, Inner] = {}  # noqa: RUF012


def complaint(data: dict[str, Any]) -> str:
    with pytest.raises(UsageError) as caught:
        validated(Outer, Path("a.toml"), data)
    return str(caught.value)


def test_model_is_made__blanks_at_the_ends_aside() -> None:
    outer = validated(Outer, Path("a.toml"), {"inner": [{"reason": " 因 ", "points_lost": 1}]})

    assert (outer.inner[0].reason, outer.inner[0].points_lost) == ("因", Decimal(1))


@pytest.mark.parametrize(
    "data", [{"inner": [{"resaon": "因"}]}, {"by_name": {"a": {"resaon": "因"}}}]
)
def test_key_that_was_meant_is_named__at_any_depth(data: dict[str, Any]) -> None:
    assert "resaon（是否 reason？）" in complaint(data)


def test_faults_are_told__three_at_once() -> None:
    told = complaint({"inner": [{"reason": ""}] * 5})

    assert told.count("不能为空") == 3
    assert told.endswith("；另有2处")
