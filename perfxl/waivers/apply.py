"""Waivers held against the findings of one score table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from perfxl.model.finding import Finding
from perfxl.waivers.filed import FiledWaiver


class Fate(Enum):
    """What became of a waiver that concerns a table; of several, the least one counts."""

    USED = 0
    VOID = 1  # the value has changed
    EXPIRED = 2
    UNUSED = 3  # no such finding


@dataclass(frozen=True, slots=True)
class Use:
    """A waiver and what became of it; `found` is the value that voids it."""

    filed: FiledWaiver
    fate: Fate
    found: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """Findings, some of them waived now, and what became of the waivers concerned."""

    findings: tuple[Finding, ...]
    uses: tuple[Use, ...] = ()


def apply_waivers(
    findings: Sequence[Finding],
    waivers: Sequence[FiledWaiver],
    *,
    file: str,
    unit: str,
    codes: Collection[str],
    as_of: date,
) -> Waived:
    """The findings with those waived that a waiver means, at its value, on a day it holds.

    Args:
        findings: of one score table.
        waivers: all that are filed; those about other files and rules are passed over.
        file: the file's whole path.
        unit: the unit that the form names.
        codes: the rules that ran; a waiver of another rule is not called unused.
        as_of: the day of the run.
    """
    concerned = [w for w in waivers if w.rule in codes and w.concerns(file, unit)]
    if not concerned:
        return Waived(tuple(findings))
    uses = tuple(_use(waiver, findings, as_of) for waiver in concerned)
    used = [use.filed for use in uses if use.fate is Fate.USED]
    return Waived(tuple(_waived(finding, used) for finding in findings), uses)


def _use(filed: FiledWaiver, findings: Sequence[Finding], as_of: date) -> Use:
    meant = [finding for finding in findings if filed.means(finding)]
    if filed.waiver.until < as_of:
        return Use(filed, Fate.EXPIRED)
    if any(filed.fits(finding) for finding in meant):
        return Use(filed, Fate.USED)
    return Use(filed, Fate.VOID, meant[0].provided) if meant else Use(filed, Fate.UNUSED)


def _waived(finding: Finding, used: Sequence[FiledWaiver]) -> Finding:
    for filed in used:
        if filed.means(finding) and filed.fits(finding):
            return replace(finding, waived=filed.waiver)
    return finding
