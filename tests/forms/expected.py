"""What a reader must find in a built form: every field with its cell."""

from dataclasses import dataclass
from decimal import Decimal

from tests.forms.figures import Group, Leaf, Path, Value, decimal_of, nodes_of
from tests.forms.mutate import Draft, Key


@dataclass(frozen=True, slots=True)
class ExpectedLeaf:
    """An indicator; `path` is of printed names, `part` counts leaves that share one name."""

    path: Path
    part: int
    cap: Decimal | None
    score: Decimal | None
    cell: str
    cap_cell: str
    name_cell: str
    reason: Value
    reason_cell: str | None  # None: the form has no such column
    action: Value
    action_cell: str | None

    @property
    def is_nameless(self) -> bool:
        """Whether its name's cell is blank."""
        return self.part > 1


@dataclass(frozen=True, slots=True)
class ExpectedGroup:
    """A group; `cell` is its cap's (in its 小计 where that is the only one), None without any."""

    path: Path
    name_cell: str
    cap: Decimal | None
    cell: str | None
    subtotal_cell: str | None = None  # where its 小计 stands, if the form prints one


@dataclass(frozen=True, slots=True)
class Expected:
    """The score table of a form as the reader must see it."""

    sheet: str
    leaves: tuple[ExpectedLeaf, ...]
    groups: tuple[ExpectedGroup, ...]
    total: Decimal | None
    total_cell: str
    total_cap: Decimal | None
    grade_raw: Value
    grade_cell: str | None  # None: the form has no grade
    sum_of_scores: Decimal


def expected(draft: Draft) -> Expected:
    """The truth of a draft, addresses as placed in its variant."""
    return Expected(
        sheet=draft.sheet,
        leaves=tuple(_leaf(draft, path, leaf) for path, leaf in draft.leaves()),
        groups=tuple(
            _group(draft, path, node)
            for path, node in nodes_of(draft.roots)
            if isinstance(node, Group)
        ),
        total=decimal_of(draft.total_score),
        total_cell=draft.cell("total"),
        total_cap=decimal_of(draft.total_cap),
        grade_raw=draft.grade,
        grade_cell=_cell(draft, "grade", "grade"),
        sum_of_scores=draft.sum_of_scores(),
    )


def _leaf(draft: Draft, path: Path, leaf: Leaf) -> ExpectedLeaf:
    return ExpectedLeaf(
        path=(*path[:-1], leaf.name),
        part=leaf.part,
        cap=decimal_of(leaf.cap),
        score=decimal_of(leaf.score),
        cell=draft.cell(path, "score"),
        cap_cell=draft.cell(path, "cap"),
        name_cell=draft.cell(path, "name"),
        reason=leaf.reason,
        reason_cell=_cell(draft, path, "reason"),
        action=leaf.action,
        action_cell=_cell(draft, path, "action"),
    )


def _group(draft: Draft, path: Path, group: Group) -> ExpectedGroup:
    cell = _cell(draft, path, "cap")
    return ExpectedGroup(
        path=path,
        name_cell=draft.cell(path, "name"),
        cap=decimal_of(group.cap) if cell else None,
        cell=cell,
        subtotal_cell=_cell(draft, path, "score"),
    )


def _cell(draft: Draft, key: Key, field: str) -> str | None:
    try:
        return draft.cell(key, field)
    except KeyError:
        return None
