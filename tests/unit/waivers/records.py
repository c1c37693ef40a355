"""A waiver and the finding it means, for the tests of this folder."""

from datetime import date
from typing import Any

from perfxl.model.address import Place
from perfxl.model.finding import Finding, Severity, Waiver
from perfxl.waivers.filed import FiledWaiver

PLACE = Place("自评表", "I7")
LAST_DAY = date(2024, 12, 31)


def filed(**changes: Any) -> FiledWaiver:
    """A waiver of a score over its cap."""
    values: dict[str, Any] = {
        "rule": "AR102",
        "file": "区卫健局.xlsx",
        "unit": "",
        "place": PLACE,
        "value": "5",
        "waiver": Waiver("批复同意加分", "预算科", LAST_DAY),
    }
    return FiledWaiver(**(values | changes))


def finding(provided: str = "5", code: str = "AR102", place: Place = PLACE) -> Finding:
    """A score over its cap."""
    return Finding(
        code, "score-exceeds-max", Severity.ERROR, place, (), provided, "3", "2", "超过分值", "改"
    )
