"""The form beside its scheme, worked out once for all the rules that look at it."""

from perfxl.model.address import Place
from perfxl.model.form import Group, Indicator, SelfEvaluationForm
from perfxl.rules.base import Subject
from perfxl.rules.fields import cap_of
from perfxl.scheme.match import Alignment, align
from perfxl.scheme.model import CapMode, Scheme, SchemeGroup, SchemeIndicator

_memo: list[tuple[SelfEvaluationForm, Scheme, Alignment]] = []


def alignment_of(subject: Subject) -> Alignment:
    """The alignment of a subject that has form and scheme; the last one is remembered."""
    assert subject.form
    assert subject.scheme
    for form, scheme, known in _memo:
        if form is subject.form and scheme is subject.scheme:
            return known
    found = align(subject.form, subject.scheme)
    _memo[:] = [(subject.form, subject.scheme, found)]
    return found


def is_fixed(subject: Subject) -> bool:
    """Whether the scheme binds names and caps."""
    return subject.scheme is not None and subject.scheme.cap_mode is CapMode.FIXED


def paired(
    alignment: Alignment,
) -> list[tuple[Group | Indicator, SchemeGroup | SchemeIndicator]]:
    """Groups, then leaves, with what they stand for in the scheme, renamed ones included."""
    return [
        *alignment.groups,
        *alignment.renamed_groups,
        *alignment.leaves,
        *alignment.renamed,
    ]


def shown_name(wanted: SchemeGroup | SchemeIndicator) -> str:
    """A scheme's indicator as users know it, with its part where one name has several."""
    part = wanted.part if isinstance(wanted, SchemeIndicator) else ""
    return f"{wanted.name}（{part}）" if part else wanted.name


def faults_told(subject: Subject) -> dict[tuple[str, ...], Place]:
    """Per group of the form (`()` for the form itself) the cell at which ST tells what is wrong.

    Only under a scheme that binds: a changed cap of the group or right below it, an indicator
    too many, or one that is missing there. Sums that break are consequences of these.
    """
    if subject.form is None or not is_fixed(subject):
        return {}
    assert subject.scheme
    alignment = alignment_of(subject)
    faults: dict[tuple[str, ...], Place] = {}
    total = subject.form.total.max_score if subject.form.total else None
    if total and total.value is not None and total.value != subject.scheme.total_score:
        faults[()] = total.place
    for node, wanted in paired(alignment):
        cap = cap_of(node)
        if cap is None or wanted.max_score is None:
            continue
        if cap.value != wanted.max_score:
            faults.setdefault(node.path, cap.place)
            faults.setdefault(node.path[:-1], cap.place)
    extra: list[Group | Indicator] = [*alignment.extra_groups, *alignment.extra]
    for node in extra:
        faults.setdefault(node.path[:-1], node.name.place)
    for absent in alignment.missing:
        group = group_standing_for(alignment, absent.path[:-1])
        if group is not None:
            faults.setdefault(group.path, group.name.place)
    return faults


def own_leaves(subject: Subject) -> dict[int, SchemeGroup]:
    """Rows of the unit's own indicators, by `id` of the leaf, with the group they fill."""
    if subject.form is None or subject.scheme is None:
        return {}
    return {id(leaf): group for leaf, group in alignment_of(subject).own}


def group_standing_for(alignment: Alignment, path: tuple[str, ...]) -> Group | None:
    """The form's group that stands for a path of the scheme; None where it has none."""
    groups = (*alignment.groups, *alignment.renamed_groups)
    return next((group for group, wanted in groups if wanted.path == path), None)
