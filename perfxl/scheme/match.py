"""Which scheme a form follows, and which row of the form is which indicator of the scheme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.form import Group, Indicator, SelfEvaluationForm
from perfxl.scheme.model import CapMode, Scheme, SchemeGroup, SchemeIndicator
from perfxl.scheme.pairing import Node, Pairing, name_key, pair_up

_ENOUGH = Decimal("0.6")  # resemblance below which a form follows no known scheme
_CLEAR = Decimal("0.1")  # lead over the second best below which the choice is a person's
_NAMES_WEIGH = Decimal("0.75")  # caps weigh the rest


@dataclass(frozen=True, slots=True)
class Alignment:
    """A form laid beside a scheme.

    Attributes:
        leaves: rows and indicators of the same name, in the form's order; caps may differ.
        groups: the same for first- and second-level indicators.
        renamed: rows that are most likely an indicator of another name.
        renamed_groups: the same for groups.
        missing: what the form lacks; a group whose leaves are all missing stands for them.
        extra: rows that no indicator of the scheme accounts for.
        extra_groups: the same for groups.
        own: rows under a group that units fill with indicators of their own, with that group.
    """

    leaves: tuple[tuple[Indicator, SchemeIndicator], ...]
    groups: tuple[tuple[Group, SchemeGroup], ...]
    renamed: tuple[tuple[Indicator, SchemeIndicator], ...]
    renamed_groups: tuple[tuple[Group, SchemeGroup], ...]
    missing: tuple[SchemeGroup | SchemeIndicator, ...]
    extra: tuple[Indicator, ...]
    extra_groups: tuple[Group, ...]
    own: tuple[tuple[Indicator, SchemeGroup], ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether form and scheme name the same indicators."""
        return not (self.missing or self.extra or self.renamed)


def match_scheme(form: SelfEvaluationForm, schemes: Sequence[Scheme]) -> Scheme | None:
    """The scheme that the form clearly follows; None when none does or two do alike."""
    alike = alike_schemes(form, schemes)
    return alike[0] if len(alike) == 1 else None


def alike_schemes(form: SelfEvaluationForm, schemes: Sequence[Scheme]) -> tuple[Scheme, ...]:
    """The scheme that the form resembles most, and those that it resembles nearly as much.

    A scheme made of groups of the unit's own indicators is a frame that many places share: a form
    follows it only where every name and every cap that is known agree. One whose caps are
    assumed was taken from another's names: it counts only where none with known caps fits.
    """
    ranked = sorted(
        ((_resemblance(form, scheme), -index) for index, scheme in enumerate(schemes)),
        reverse=True,
    )
    known = [pair for pair in ranked if schemes[-pair[1]].cap_mode is not CapMode.ASSUMED]
    if known and known[0][0] >= _ENOUGH:
        ranked = known
    if not ranked or ranked[0][0] < _ENOUGH:
        return ()
    return tuple(schemes[-at] for found, at in ranked if ranked[0][0] - found < _CLEAR)


def resemblance(form: SelfEvaluationForm, scheme: Scheme) -> Decimal:
    """How far names and caps of the leaves agree, 0 to 1, over the longer of the two lists.

    A group of own indicators counts as one, whatever is under it. A form without caps, and a
    scheme whose caps are assumed, are judged by the names alone.
    """
    wanted = list(_units(scheme))
    own = [unit for unit in wanted if isinstance(unit, SchemeGroup)]
    stated = [(name_key(node.name.value), _cap_of(node)) for node in _form_units(form, own)]
    longer = max(len(stated), len(wanted))
    if not longer:
        return Decimal(0)
    named = capped = 0
    rest = list(stated)
    for unit in wanted:
        _, names = _known_as(unit)
        found = [pair for pair in rest if pair[0] in names]
        if found:
            cap = unit.max_score
            pair = next((p for p in found if p[1] == cap), found[0])
            rest.remove(pair)
            named += 1
            capped += pair[1] == cap or (cap is None and pair[1] is not None)
    if all(cap is None for _, cap in stated) or scheme.cap_mode is CapMode.ASSUMED:
        return Decimal(named) / longer
    return (_NAMES_WEIGH * named + (1 - _NAMES_WEIGH) * capped) / longer


def _resemblance(form: SelfEvaluationForm, scheme: Scheme) -> Decimal:
    """`resemblance`, but nothing short of the whole for a scheme that is mostly a frame."""
    units = list(_units(scheme))
    own = sum(isinstance(unit, SchemeGroup) for unit in units)
    found = resemblance(form, scheme)
    return found if found == 1 or 2 * own < len(units) else Decimal(0)


def _units(scheme: Scheme) -> Iterator[SchemeGroup | SchemeIndicator]:
    """What a form is known by: indicators, and groups that units fill themselves."""
    for group in scheme.groups():
        if group.custom:
            yield group
        yield from (child for child in group.children if isinstance(child, SchemeIndicator))


def _form_units(
    form: SelfEvaluationForm, own: Sequence[SchemeGroup]
) -> Iterator[Group | Indicator]:
    """The form's leaves, those under a group of own indicators as that group."""
    known = [(len(group.path), _known_as(group)[1]) for group in own]

    def below(group: Group) -> Iterator[Group | Indicator]:
        if any(group.level == depth and name_key(group.name.value) in names
               for depth, names in known):  # fmt: skip
            yield group
            return
        for child in group.children:
            if isinstance(child, Group):
                yield from below(child)
            else:
                yield child

    for root in form.roots:
        yield from below(root)


def align(form: SelfEvaluationForm, scheme: Scheme) -> Alignment:
    """Pair the form's rows and groups with the scheme's; every node ends up in one field."""
    groups = _pair_groups(form, scheme, ())
    filled = _filled_by_unit(groups)
    if filled:  # what stands under such a group is no match for anything elsewhere
        groups = _pair_groups(form, scheme, filled)
    paths = {group.path: wanted.path for group, wanted in groups.same + groups.renamed}
    leaves = _pair_leaves(form, scheme, paths, filled)
    lost = {id(leaf) for leaf in leaves.right_only}
    gone = [g for g in groups.right_only if all(id(leaf) in lost for leaf in g.leaves())]
    told = {id(child) for group in gone for child in (*list(group.groups())[1:], *group.leaves())}
    missing: list[SchemeGroup | SchemeIndicator] = [*groups.right_only, *leaves.right_only]
    order = {id(node): place for place, node in enumerate(_in_order(scheme))}
    return Alignment(
        leaves=leaves.same,
        groups=groups.same,
        renamed=leaves.renamed,
        renamed_groups=groups.renamed,
        missing=tuple(
            sorted((n for n in missing if id(n) not in told), key=lambda n: order[id(n)])
        ),
        extra=leaves.left_only,
        extra_groups=groups.left_only,
        own=tuple(
            (leaf, wanted)
            for group, wanted in (*groups.same, *groups.renamed)
            if wanted.custom
            for leaf in group.leaves()
        ),
    )


Paths = Sequence[tuple[str, ...]]


def _filled_by_unit(groups: Pairing[Group, SchemeGroup]) -> Paths:
    """The paths of the form's groups that hold indicators of the unit's own."""
    return [group.path for group, wanted in (*groups.same, *groups.renamed) if wanted.custom]


def _is_under(path: tuple[str, ...], filled: Paths) -> bool:
    return any(len(path) > len(above) and path[: len(above)] == above for above in filled)


def _pair_groups(
    form: SelfEvaluationForm, scheme: Scheme, filled: Paths
) -> Pairing[Group, SchemeGroup]:
    left = [
        Node(group, _keys(group.path[:-1]), *_called(group), _cap_of(group), position)
        for group, position in _form_groups(form.roots)
        if not _is_under(group.path, filled)
    ]
    right = [
        Node(group, _keys(group.path[:-1]), *_known_as(group), group.max_score, position)
        for group, position in _scheme_groups(scheme.roots)
    ]
    return pair_up(left, right, same_depth=True)


def _pair_leaves(
    form: SelfEvaluationForm,
    scheme: Scheme,
    paths: dict[tuple[str, ...], tuple[str, ...]],
    filled: Paths,
) -> Pairing[Indicator, SchemeIndicator]:
    left = [
        Node(
            leaf, _keys(paths.get(group.path, group.path)), *_called(leaf), _cap_of(leaf), position
        )
        for group, _ in _form_groups(form.roots)
        for position, leaf in enumerate(group.children)
        if isinstance(leaf, Indicator) and not _is_under(leaf.path, filled)
    ]
    right = [
        Node(leaf, _keys(group.path), *_known_as(leaf), leaf.max_score, position)
        for group, _ in _scheme_groups(scheme.roots)
        for position, leaf in enumerate(group.children)
        if isinstance(leaf, SchemeIndicator)
    ]
    return pair_up(left, right)


def _form_groups(siblings: Sequence[Group | Indicator]) -> list[tuple[Group, int]]:
    """All groups with their position among their siblings, parents first."""
    found: list[tuple[Group, int]] = []
    for position, child in enumerate(siblings):
        if isinstance(child, Group):
            found += [(child, position), *_form_groups(child.children)]
    return found


def _scheme_groups(
    siblings: Sequence[SchemeGroup | SchemeIndicator],
) -> list[tuple[SchemeGroup, int]]:
    found: list[tuple[SchemeGroup, int]] = []
    for position, child in enumerate(siblings):
        if isinstance(child, SchemeGroup):
            found += [(child, position), *_scheme_groups(child.children)]
    return found


def _in_order(scheme: Scheme) -> list[SchemeGroup | SchemeIndicator]:
    nodes: list[SchemeGroup | SchemeIndicator] = []
    for group in scheme.groups():
        nodes.append(group)
        nodes.extend(child for child in group.children if isinstance(child, SchemeIndicator))
    return nodes


def _keys(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(name_key, path))


def _called(node: Group | Indicator) -> tuple[str, frozenset[str]]:
    """A form's node: its key, and the key as its only name."""
    key = name_key(node.name.value)
    return key, frozenset((key,))


def _known_as(node: SchemeGroup | SchemeIndicator) -> tuple[str, frozenset[str]]:
    """A scheme's node: its key, and all names that it goes by."""
    key = name_key(node.name)
    return key, frozenset((key, *map(name_key, node.aliases)))


def _cap_of(node: Group | Indicator) -> Decimal | None:
    return node.max_score.value if node.max_score else None
