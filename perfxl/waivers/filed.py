"""A waiver as filed: which finding it means, and which files it concerns."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from perfxl.model.address import Place
from perfxl.model.finding import Finding, Waiver
from perfxl.model.number import parse_typed


@dataclass(frozen=True, slots=True)
class FiledWaiver:
    """One `[[waiver]]` of waivers.toml.

    Attributes:
        rule: the code of one rule.
        file: the file's name, or the end of its path; "" when `unit` alone tells.
        unit: the unit as the form names it; "" when `file` alone tells.
        place: sheet and cell; both "" for a finding about the whole file.
        value: what stood there when it was waived; another value voids the waiver.
        waiver: the reason, who gives it, and until when.
    """

    rule: str
    file: str
    unit: str
    place: Place
    value: str
    waiver: Waiver

    @property
    def label(self) -> str:
        """AR102 自评表!I7（区卫健局.xlsx）."""
        where = f" {self.place.sheet}" if self.place.sheet else ""
        where += f"!{self.place.cell}" if self.place.cell else ""
        return f"{self.rule}{where}（{'，'.join(filter(None, (self.unit, self.file)))}）"

    def concerns(self, file: str, unit: str) -> bool:
        """Whether it speaks of this file.

        Args:
            file: the file's whole path, its path inside a zip included.
            unit: the unit that the form names.
        """
        if self.unit and _folded(self.unit) != _folded(unit):
            return False
        return not self.file or _ends_with(_steps(file), _steps(self.file))

    def means(self, finding: Finding) -> bool:
        """Whether it speaks of this finding, whatever its value."""
        return finding.code == self.rule and finding.place == self.place

    def fits(self, finding: Finding) -> bool:
        """Whether the value is still the one that was waived; 5.00 and ５ are both 5."""
        if _folded(finding.provided) == _folded(self.value):
            return True
        now, then = parse_typed(finding.provided), parse_typed(self.value)
        return now is not None and now == then


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _steps(path: str) -> tuple[str, ...]:
    # A path written on Windows is understood everywhere; a Mac stores é as two letters.
    slashed = unicodedata.normalize("NFC", path).replace("\\", "/")
    return PurePath(slashed).parts


def _ends_with(whole: Sequence[str], end: Sequence[str]) -> bool:
    return bool(end) and list(whole[-len(end) :]) == list(end)
