"""From an arrangement of spots to the form's groups and indicators."""

from collections.abc import Iterator

from perfxl.model.form import Decision, Group, Indicator, Text
from perfxl.model.number import Number, NumberKind
from perfxl.reader.tables.closing import read_subtotal
from perfxl.reader.tables.headings import Heading
from perfxl.reader.tables.joined import name_of, with_sign_and_unit
from perfxl.reader.tables.labels import split_cap
from perfxl.reader.tables.rows import TEXT_ROLES
from perfxl.reader.tables.sorting import TableRows
from perfxl.reader.tables.tree import Arrangement, Leaf, Node
from perfxl.reader.tables.view import SheetView, Spot
from perfxl.scheme.vocabulary import fold


class Assembler:
    """Builds groups and indicators, and tells what had to be decided on the way."""

    def __init__(self, view: SheetView, rows: TableRows, arrangement: Arrangement) -> None:
        self.view = view
        self.rows = rows
        self.leaves = arrangement.leaves
        self.tree = arrangement.roots
        self.decisions: list[Decision] = []
        self._names = self._leaf_names()
        self._lines = {leaf.reading.row for leaf in self.leaves}

    def roots(self) -> list[Group]:
        """The first-level groups; indicators without any label stand under a nameless one."""
        roots: list[Group] = []
        for node in self.tree:
            if isinstance(node, Node):
                roots.append(self._group(node, ()))
            else:
                if not roots or roots[-1].name.value:
                    place = self.view.place((self.leaves[node].reading.row, 1))
                    roots.append(Group(1, (), Text("", place), None))
                roots[-1].children.append(self._indicator(node, roots[-1].path))
        self.decisions.sort(key=lambda decision: self._row_of(decision))
        return roots

    def _row_of(self, decision: Decision) -> int:
        return int("".join(filter(str.isdigit, decision.place.cell)))

    def _group(self, node: Node, above: tuple[str, ...]) -> Group:
        level = self.rows.headings[node.label.name[0]].levels[node.level]
        name = name_of(self.view, node.label.name, level, is_group=True)
        path = (*above, fold_name(name.value))
        cap_spot = node.label.cap or (level.cap and (node.label.name[0], level.cap))
        cap = self._label_cap(node.label.name, is_group=True)
        if cap_spot and (node.label.cap or cap is None):
            cap = self.view.cap(cap_spot)
        if node.first < node.label.start:
            first = self._names[node.first].place.cell
            self._decide(
                "late-label",
                name,
                f"“{name.value}”标在本组第{node.label.start - node.first + 1}行，"
                f"按分值合计，本组从{first}起",
            )
        group = Group(node.level + 1, path, name, cap)
        for child in node.children:
            if isinstance(child, int) and self.leaves[child].is_absent:
                continue
            group.children.append(
                self._group(child, path)
                if isinstance(child, Node)
                else self._indicator(child, path)
            )
        return group

    def _leaf_names(self) -> list[Text]:
        """Every leaf's name; a nameless one goes by that of the leaf above."""
        names: list[Text] = []
        for leaf in self.leaves:
            spot = leaf.reading.names[leaf.level]
            if spot:
                level = self.rows.headings[leaf.reading.row].levels[leaf.level]
                names.append(name_of(self.view, spot, level, is_group=False))
                continue
            cap = leaf.reading.leaf_cap or leaf.reading.fields.get("score")
            place = self.view.place(cap or (leaf.reading.row, 1))
            names.append(Text(names[-1].value if names else "", place))
        return names

    def _indicator(self, index: int, above: tuple[str, ...]) -> Indicator:
        leaf = self.leaves[index]
        reading, name = leaf.reading, self._names[index]
        nameless = reading.names[leaf.level] is None
        self._tell_of(leaf, name, nameless)
        heading = self.rows.headings[reading.row]
        score = reading.fields.get("score") or (reading.row, heading.fields["score"])
        texts = {role: self._text(leaf, heading, role) for role in TEXT_ROLES}
        return Indicator(
            path=(*above, fold_name(name.value)),
            name=name,
            row=reading.row,
            max_score=self._cap(leaf, heading),
            score=self._score(score),
            description=texts["description"],
            scoring_criteria=texts["scoring_criteria"],
            target_value=texts["target_value"],
            actual_value=texts["actual_value"],
            shortfall_reason=texts["shortfall_reason"],
            improvement_measures=texts["improvement_measures"],
            is_nameless=nameless,
            part=self._part(index),
        )

    def _part(self, index: int) -> int:
        """1, 2, … among the leaves that share one name by leaving it out; 0 when alone."""
        first = index
        while first > 0 and self._is_nameless(first):
            first -= 1
        alone = index + 1 >= len(self.leaves) or not self._is_nameless(index + 1)
        return 0 if first == index and alone else index - first + 1

    def _is_nameless(self, index: int) -> bool:
        leaf = self.leaves[index]
        return leaf.reading.names[leaf.level] is None and not leaf.is_absent

    def _cap(self, leaf: Leaf, heading: Heading) -> Number | None:
        columns = heading.levels[leaf.level].cap, heading.levels[-1].cap
        column = next((c for c in columns if c is not None), None)
        spot = leaf.reading.leaf_cap or ((leaf.reading.row, column) if column is not None else None)
        if spot is None:
            name = leaf.reading.names[leaf.level]
            return self._label_cap(name, is_group=False) if name else None
        return self._own(spot) or self.view.cap(spot)

    def _score(self, spot: Spot) -> Number:
        """The score of a spot; one cell merged over several indicators' scores is none of them."""
        area = self.view.merge_at(spot)
        if area is None or not any(
            area.top <= row <= area.bottom for row in self._lines - {spot[0]}
        ):
            return self._own(spot) or self.view.number(spot)
        raw = self.view.text(spot) if self.view.anchor(spot) == spot else ""
        return Number(self.view.place(spot), NumberKind.MERGED, None, raw)

    def _own(self, spot: Spot) -> Number | None:
        """A blank where a merge shows a number of a row above: it belongs to that row."""
        if self.view.anchor(spot)[0] == spot[0]:
            return None
        return Number(self.view.place(spot), NumberKind.BLANK, None, "")

    def _label_cap(self, name: Spot, *, is_group: bool) -> Number | None:
        """The cap written inside a label, at the label's cell."""
        text = self.view.field(name)
        _, cap = split_cap(text.value, is_group=is_group)
        return Number(text.place, NumberKind.NUMBER, cap, text.value, "分") if cap else None

    def _text(self, leaf: Leaf, heading: Heading, role: str) -> Text | None:
        column = heading.fields.get(role)
        if column is None:
            return None
        spot = leaf.reading.fields.get(role) or (
            leaf.reading.row,
            max(column - leaf.reading.shift, 1),
        )
        text = self.view.field(spot)
        if role not in leaf.reading.fields and self.view.anchor(spot) == spot:
            text = Text("", text.place)  # another role's cell in a moved row
        if role == "target_value":
            text = with_sign_and_unit(self.view, leaf.reading, text)
        runs = [self.view.text(row.fields[role]) for row in leaf.carried if role in row.fields]
        return Text("".join([text.value, *runs]), text.place) if runs else text

    def _tell_of(self, leaf: Leaf, name: Text, nameless: bool) -> None:
        reading = leaf.reading
        if reading.kind == "shifted":
            # A reading moved right by n undoes a row that stands n columns too far left.
            side = "左" if reading.shift > 0 else "右"
            self._decide(
                "shifted-row",
                name,
                f"第{reading.row}行“{name.value}”整行{side}移了{abs(reading.shift)}栏，已按原栏位读取",
            )
        elif reading.kind == "closed-up":
            self._decide(
                "shifted-row",
                name,
                f"第{reading.row}行“{name.value}”各格错位，已按先后次序对回原栏位读取",
            )
        if nameless:
            self._decide(
                "nameless-leaf",
                name,
                f"第{reading.row}行没有指标名称，按上一行“{name.value}”的另一项读取",
            )
        if leaf.carried:
            last = leaf.carried[-1].row
            self._decide(
                "split-row",
                name,
                f"“{name.value}”的文字分在第{reading.row}至{last}行，已接起来读取",
            )

    def _decide(self, what: str, at: Text, message: str) -> None:
        self.decisions.append(Decision(what, at.place, message))

    def attach_subtotals(self, roots: list[Group]) -> None:
        """Give each 小计 to the group that it closes: the one its label's column stands under."""
        for row, column in self.rows.subtotals:
            above = [leaf.reading.row for leaf in self.leaves if leaf.reading.row < row]
            if not above:
                continue
            heading = self.rows.headings[max(above)]
            depth = sum(level.name <= column for level in heading.levels) - 1
            chain = list(_groups_over(roots, max(above)))
            if chain:
                group = chain[max(0, min(depth, len(chain)) - 1)]
                group.subtotal = read_subtotal(self.view, heading, row)
        for node, group in _labelled(self.tree, roots):
            heading = self.rows.headings[node.label.name[0]]
            own = (node.label.name[0], heading.fields["score"])
            # A label on a line of its own: what stands under 得分 there is the group's sum.
            if (
                own[0] not in self._lines
                and group.subtotal is None
                and own[1] in self.view.rows[own[0]]
            ):
                group.subtotal = self.view.number(own)


def _groups_over(groups: list[Group], row: int) -> Iterator[Group]:
    """The groups, highest first, that hold the indicator on a row."""
    for group in groups:
        if any(leaf.row == row for leaf in group.leaves()):
            yield group
            yield from _groups_over([c for c in group.children if isinstance(c, Group)], row)


def _labelled(nodes: list[Node | int], groups: list[Group]) -> Iterator[tuple[Node, Group]]:
    """Each node of the arrangement with the group made of it."""
    named = [group for group in groups if group.name.value]
    for node, group in zip([n for n in nodes if isinstance(n, Node)], named, strict=False):
        yield node, group
        yield from _labelled(node.children, [c for c in group.children if isinstance(c, Group)])


def fold_name(name: str) -> str:
    """A name as paths spell it: whitespace and line breaks gone, nothing else changed."""
    return "".join(name.split()) if fold(name) else name
