"""Two versions of a return, compared."""

from collections.abc import Mapping, Sequence
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
    if not knows:
        told.append("旧格式文件看不到公式，只比较数值")
    for side, forms in (("前", before.returned.forms), ("后", after.returned.forms)):
        if len(forms) > pairs:
            told.append(f"{side}一份多出{len(forms) - pairs}张评分表，没有可比的")
    return told
