"""Two versions of a return, compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from perfxl.engine.difference.asked import with_askers
from perfxl.engine.difference.changes import form_changes, return_changes
from perfxl.engine.difference.fates import fates
from perfxl.engine.difference.pairs import Spots, pair_forms
from perfxl.engine.difference.record import Change, Difference
from perfxl.model.cells import Answer
from perfxl.model.finding import Failure, Finding
from perfxl.model.form import Return
from perfxl.model.report import Entry, Outcome
from perfxl.scheme.pairing import name_key

# Our own annotation in a copy that came back is no change of the unit's.
_OWN = "FL206"


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two: what was read, and its check."""

    returned: Return
    entries: tuple[Entry, ...]
    knows_formulas: bool = True
    answers: tuple[Answer, ...] = ()
    failures: tuple[Failure, ...] = ()
    input_names: Mapping[str, str] = field(default_factory=dict)  # of a template's figures, by key

    @property
    def is_readable(self) -> bool:
        """Whether a table could be read in it."""
        return any(entry.outcome is not Outcome.UNREADABLE for entry in self.entries)

    @property
    def findings(self) -> list[Finding]:
        """The findings of all its tables, save that it carries our annotation."""
        return [f for entry in self.entries for f in entry.findings if f.code != _OWN]


def compare(before: Version, after: Version) -> Difference:
    """What became of the findings, and what else was changed.

    Where the second version cannot be read, nothing is told to be fixed.
    """
    pairs = pair_forms(before.returned.forms, after.returned.forms)
    spots = Spots(pairs)
    old = before.findings if after.is_readable else []
    skipped = frozenset(skip.code for entry in after.entries for skip in entry.skipped)
    traced = fates(
        old,
        after.findings,
        spots,
        skipped=skipped,
        answers=(*after.answers, *before.answers),
    )
    changes: list[Change] = []
    knows = before.knows_formulas and after.knows_formulas
    if before.is_readable and after.is_readable:
        names = {**before.input_names, **after.input_names}
        changes += return_changes(before.returned, after.returned, names, knows_formulas=knows)
        for pair in pairs:
            entry = next((e for e in after.entries if e.sheet == pair.after.sheet), None)
            changes += form_changes(pair, entry, knows_formulas=knows)
    return Difference(
        before.entries,
        after.entries,
        traced,
        with_askers(changes, before.findings),
        (*before.failures, *after.failures),
        tuple(_remarks(before, after, len(pairs), knows=knows)),
    )


def _remarks(before: Version, after: Version, pairs: int, *, knows: bool) -> Sequence[str]:
    told = []
    if not before.is_readable:
        told.append("前一份没有读到表，只列出后一份的问题")
    if not after.is_readable:
        told.append("后一份没有读到表，不能比较")
    if not (before.is_readable and after.is_readable):
        return told
    told += _differ(before, after)
    if not knows:
        told.append("旧格式文件看不到公式，只比较数值")
    for side, forms in (("前", before.returned.forms), ("后", after.returned.forms)):
        if len(forms) > pairs:
            told.append(f"{side}一份多出{len(forms) - pairs}张评分表，没有可比的")
    return told


def _differ(before: Version, after: Version) -> Iterator[str]:
    """What makes the comparison doubtful: tables of two schemes, or of two units."""
    old, new = _first(before), _first(after)
    if old.scheme and new.scheme:
        if old.scheme.id != new.scheme.id:
            yield (
                f"两份不是同一方案的表：前一份{old.scheme.id}，后一份{new.scheme.id}；"
                "指标不能逐项对应，改动只供参考"
            )
        elif old.scheme.version != new.scheme.version:
            yield (
                f"两份的方案版本不同：前一份{old.scheme.version}，后一份{new.scheme.version}；"
                "有的改动可能是表式变了"
            )
    if old.unit and new.unit and name_key(old.unit) != name_key(new.unit):
        yield f"两份表上的单位不同：前一份“{old.unit}”，后一份“{new.unit}”，请看是不是同一家的"
    if old.year and new.year and old.year != new.year:
        yield f"两份表的年度不同：前一份{old.year}，后一份{new.year}"


def _first(version: Version) -> Entry:
    return next(entry for entry in version.entries if entry.outcome is not Outcome.UNREADABLE)
