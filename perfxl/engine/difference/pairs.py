"""Which table, group and row of one version is which of the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from perfxl.model.address import from_a1
from perfxl.model.finding import Finding
from perfxl.model.form import Group, Indicator, SelfEvaluationForm
from perfxl.scheme.pairing import Node, Pairing, name_key, pair_up

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormPair:
    """The same score table in both versions, row by row."""

    before: SelfEvaluationForm
    after: SelfEvaluationForm
    leaves: Pairing[Indicator, Indicator]
    groups: Pairing[Group, Group]


@dataclass(frozen=True, slots=True)
class Spot:
    """What a finding is about, told the same way in both versions.

    `table` counts the pairs of score tables, None outside of them; `row` counts the pairs of rows,
    None where the finding stands in no row that both have.
    """

    code: str
    table: int | None
    path: Path
    row: int | None


def pair_forms(
    before: Sequence[SelfEvaluationForm], after: Sequence[SelfEvaluationForm]
) -> list[FormPair]:
    """Tables of one sheet's name together, then the rest in order."""
    left, right = list(before), list(after)
    pairs: list[tuple[SelfEvaluationForm, SelfEvaluationForm]] = []
    for form in before:
        other = next((one for one in right if one.sheet == form.sheet), None)
        if other is not None:
            pairs.append((form, other))
            left.remove(form)
            right.remove(other)
    pairs += zip(left, right, strict=False)
    return [FormPair(a, b, _leaves(a, b), _groups(a, b)) for a, b in pairs]


def _leaves(before: SelfEvaluationForm, after: SelfEvaluationForm) -> Pairing[Indicator, Indicator]:
    return pair_up(_leaf_nodes(before), _leaf_nodes(after))


def _groups(before: SelfEvaluationForm, after: SelfEvaluationForm) -> Pairing[Group, Group]:
    return pair_up(_group_nodes(before), _group_nodes(after), same_depth=True)


def _leaf_nodes(form: SelfEvaluationForm) -> list[Node[Indicator]]:
    return [
        _node(leaf, group.path, position)
        for group in form.groups()
        for position, leaf in enumerate(group.children)
        if isinstance(leaf, Indicator)
    ]


def _group_nodes(form: SelfEvaluationForm) -> list[Node[Group]]:
    return [_node(group, group.path[:-1], position) for position, group in enumerate(form.groups())]


def _node(item: Indicator | Group, parent: Path, position: int) -> Node:  # type: ignore[type-arg]
    key = name_key(item.name.value)
    # Leaves of one name are told apart by caps, and caps are among what may have changed:
    # where both sides have as many, `pair_up` goes by their order.
    cap = item.max_score.value if item.max_score else None
    return Node(item, tuple(map(name_key, parent)), key, frozenset((key,)), cap, position)


class Spots:
    """Says what findings are about, whichever version they are of."""

    def __init__(self, pairs: Sequence[FormPair]) -> None:
        self._forms = tuple((pair.before, pair.after) for pair in pairs)
        self._rows: tuple[dict[tuple[str, int], int], dict[tuple[str, int], int]] = ({}, {})
        self._paths: dict[Path, Path] = {}  # of the first version, where the second calls it else
        number = 0
        for pair in pairs:
            for a, b in (*pair.leaves.same, *pair.leaves.renamed):
                self._rows[0][pair.before.sheet, a.row] = number
                self._rows[1][pair.after.sheet, b.row] = number
                number += 1
                self._paths[_keys(a.path)] = _keys(b.path)
            for c, d in (*pair.groups.same, *pair.groups.renamed):
                self._paths[_keys(c.path)] = _keys(d.path)

    def of(self, finding: Finding, side: int) -> Spot:
        """The spot of a finding of the first (0) or the second version (1)."""
        path = _keys(finding.path)
        sheet, cell = finding.place
        at = from_a1(cell) if cell else (0, 0)
        return Spot(
            finding.code,
            self._table(side, sheet, at),
            self._paths.get(path, path) if side == 0 else path,
            self._rows[side].get((sheet, at[0])),
        )

    def _table(self, side: int, sheet: str, at: tuple[int, int]) -> int | None:
        for number, forms in enumerate(self._forms):
            form = forms[side]
            if form.sheet == sheet and form.area.contains(*at):
                return number
        return None


def _keys(path: Path) -> Path:
    return tuple(map(name_key, path))
