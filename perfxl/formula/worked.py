"""An expression with its figures put in: 10 × 89.51% = 8.951，保留两位小数为8.95."""

from decimal import Decimal

from perfxl.formula.coerce import Unknown, Value
from perfxl.formula.evaluate import Lookup, evaluate
from perfxl.formula.missing import missing
from perfxl.formula.patterns import (
    ZERO,
    Share,
    bounded,
    is_presence,
    rounded,
    share,
    subject,
    unguarded,
    without_noise,
)
from perfxl.formula.sentence import Phrase, has_rates, is_rate
from perfxl.formula.terms import RATE, Terms, earned, percent, rounding, term_of
from perfxl.formula.tree import Binary, Call, CellError, Literal, Name, Node, Reference, Unary
from perfxl.model.number import plain, round_half_up

_SIGNS = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2}
_ATOM = 3
_SHOWN_DECIMALS = 6
_MOST_LISTED = 6  # members of a list that are written out
_AS_ZERO = "按0计"
_WHOLE = {"ROUNDDOWN": "舍去小数为", "ROUNDUP": "进位取整为", "INT": "取整为"}


def worked(node: Node, terms: Terms, lookup: Lookup, *, unit: str = "") -> str:
    """How the value comes about, without a full stop.

    Args:
        node: the expression.
        terms: what its keys are called.
        lookup: its figures.
        unit: the unit of the result; "%" prints it as a percent.

    Returns:
        The conditions that decided, the arithmetic with its figures, the limit and the rounding
        that applied. Where there is no value, what is missing or in the way.
    """
    value = evaluate(node, lookup)
    if not isinstance(value, Decimal):
        return _without_number(node, terms, lookup, value)
    work = _Work(terms, lookup)
    score = rounded(work.taken(rounded(node).body))
    decimals = rounded(node).decimals if score.decimals is None else score.decimals
    if isinstance(score.body, Literal):
        return "，".join([*work.steps, earned(value)])
    body, limit = work.limited(score.body)
    said, exact = work.text(body), work.number(body)
    steps = [*work.steps, _equation(said, exact, as_rate=unit == RATE)]
    if limit is not None:
        steps.append(f"{'超过最高分，' if limit > 0 else ''}按{plain(limit)}分计")
    elif decimals is not None and round_half_up(exact, decimals) != exact:
        steps.append(f"{rounding(decimals)}为{value:.{max(0, decimals)}f}")
    return "，".join(steps)


def _without_number(node: Node, terms: Terms, lookup: Lookup, value: Value) -> str:
    match value:
        case CellError():
            return f"算不出：出现{value.code}"
        case Unknown():
            return f"算不出：{value.what or '有单元格无法计算'}"
        case bool():
            return f"结果为{'真' if value else '假'}"
        case str() if value:
            return f"结果为“{value}”"
    lacking = [term_of(key, terms).label for key in missing(node, lookup)]
    if lacking:
        return f"未计算：缺{'、'.join(lacking)}"
    return "未计算：分母为0，或数值不在任何一档"


class _Work:
    """Puts figures in; `steps` are the sentences that go before the arithmetic."""

    def __init__(self, terms: Terms, lookup: Lookup) -> None:
        self._terms = terms
        self._lookup = lookup
        self._phrase = Phrase(terms)
        self.steps: list[str] = []

    def number(self, node: Node) -> Decimal:
        """The value where a number is due; 0 for anything else."""
        value = evaluate(node, self._lookup)
        return value if isinstance(value, Decimal) else Decimal(0)

    def taken(self, node: Node, *, says_points: bool = False) -> Node:
        """The branch that the figures choose; what decided goes into the steps."""
        node = unguarded(node)
        while isinstance(node, Call) and node.name == "IF" and len(node.arguments) == 3:
            test, then, otherwise = node.arguments
            is_true = evaluate(test, self._lookup) is True
            node = unguarded(then if is_true else otherwise)
            if is_presence(test) and not subject(test):
                continue
            if is_true or isinstance(node, Literal):
                step = self._decided(test, is_true=is_true)
                if says_points and isinstance(node, Literal) and isinstance(node.value, Decimal):
                    step += earned(node.value)
                self.steps.append(step)
        return node

    def _decided(self, test: Node, *, is_true: bool) -> str:
        """What the figure was, and the condition that it met; none for 否则."""
        condition = self._phrase.condition(test)
        key = subject(test)
        if not key:
            return condition if is_true else f"不符合“{condition}”"
        label = term_of(key, self._terms).label
        value = evaluate(Name(key), self._lookup)
        if isinstance(value, str):
            return f"{label}为“{value}”"
        figure = f"{label}{self.text(Name(key))}"
        return f"{figure}，{condition.removeprefix(label)}" if is_true else figure

    def limited(self, node: Node) -> tuple[Node, Decimal | None]:
        """The score inside MAX(0, MIN(cap, score)), with the limit where it applied."""
        while True:
            inner = _inside_limit(node)
            if inner is None:
                return node, None
            value = self.number(node)
            if value != self.number(inner):
                while (deeper := _inside_limit(inner)) is not None:
                    inner = deeper
                return inner, value
            node = inner

    def text(self, node: Node, least: int = 0, *, as_rate: bool = False) -> str:  # noqa: C901
        """The arithmetic with figures; in parentheses where it binds less than `least`."""
        node = without_noise(unguarded(node))
        match node:
            case Literal(Decimal() as value):
                return _shown(value, as_rate=as_rate)[1]
            case Name() | Reference():
                return self._figure(node)
            case Unary("-", operand):
                return f"(-{self.text(operand, _ATOM)})"
            case Binary(operator, left, right) if operator in _SIGNS:
                own, rates = _LEVELS[operator], has_rates(node, self._terms)
                one = self.text(left, own, as_rate=rates)
                # A sum within a sum needs none; one of points says them all alike.
                other = self.text(right, own if operator == "+" else own + 1, as_rate=rates)
                said = f"{one} {_SIGNS[operator]} {other}"
                return f"({said})" if own < least else said
            case Call("IF"):
                if (found := share(node)) is not None:
                    return self._share(found, least)
                return self.text(self.taken(node, says_points=least <= _LEVELS["+"]), least)
            case Call("AVERAGE"):
                return self._mean(node, least)
            case Call(name, (inner, Literal(places))) if name in _WHOLE and places == 0:
                return self._step(inner, node, _WHOLE[name])
        if (limit := bounded(node)) is not None:
            if self.number(node) == self.number(limit[2]):
                return self.text(limit[2], least)
            low = "最少计" if limit[1] != ZERO else _AS_ZERO
            how = "最多计" if limit[0] == "MIN" else low
            return self._step(_unrounded(limit[2]), node, how)
        return self._value(node)

    def _step(self, inner: Node, node: Node, how: str) -> str:
        """A figure that is worked out beforehand, and what it then is."""
        said, exact, final = self.text(inner), self.number(inner), self._value(node)
        if self.number(node) != exact:
            rates = is_rate(inner, self._terms)
            equation = _equation(said, exact, as_rate=rates)
            self.steps.append(f"{equation}，{how}{final if how != _AS_ZERO else ''}")
        elif said != final:
            self.steps.append(_equation(said, exact, as_rate=False))
        return final

    def _share(self, found: Share, least: int) -> str:
        actual, target = self.text(found.actual), self.text(found.target)
        one, other = self._phrase.value(found.actual), self._phrase.value(found.target)
        named = other if isinstance(found.target, Name) else ""
        is_met = self.number(Binary("-", found.actual, found.target))
        if is_met == 0 or (is_met > 0) == found.is_higher:
            word = "不低于" if found.is_higher else "不超过"
            self.steps.append(f"{one}{actual}{word}{named}{target}")
            return "1"
        if self.number(found.target) <= 0:
            self.steps.append(f"{one}{actual}，{named}{target}，未达到")
            return "0"
        return self.text(found.part, least)

    def _mean(self, node: Call, least: int) -> str:
        figures = [self.text(part) for part in node.arguments]
        whole = self.number(Call("COUNT", node.arguments))
        if len(node.arguments) == 1 and isinstance(node.arguments[0], Name):
            target = self._lookup.named(node.arguments[0].name)
            if isinstance(target, Reference):
                members = list(self._lookup.area(target.sheet, target.area))
                if len(members) > _MOST_LISTED or not members:
                    label = self._phrase.value(node.arguments[0])
                    self.steps.append(f"{label}共{plain(whole)}项，平均为{self._value(node)}")
                    return self._value(node)
                rates = is_rate(node, self._terms)
                numbers = [one for one in members if isinstance(one, Decimal)]
                figures = [_shown(one, as_rate=rates)[1] for one in numbers]
        if len(figures) == 1:
            return figures[0]
        said = f"({' + '.join(figures)}) ÷ {len(figures)}"
        return f"({said})" if least > _LEVELS["/"] else said

    def _figure(self, node: Name | Reference) -> str:
        """The figure of a key or a cell; a list is only counted."""
        value = evaluate(node, self._lookup)
        match value:
            case Decimal():
                return _shown(value, as_rate=is_rate(node, self._terms))[1]
            case None:
                return "0"
            case str() | bool():
                return f"“{value}”"
        return self._phrase.value(node)

    def _value(self, node: Node) -> str:
        return _shown(self.number(node), as_rate=is_rate(node, self._terms))[1]


def _unrounded(node: Node) -> Node:
    """What is rounded to whole steps: below zero their number does not matter."""
    node = without_noise(node)
    if isinstance(node, Call) and node.name in _WHOLE:
        return without_noise(node.arguments[0])
    return node


def _inside_limit(node: Node) -> Node | None:
    """What stands inside MIN(cap, …) or MAX(0, …)."""
    match node:
        case Call("MIN", (Literal() | Reference() | Name(), inner)):
            return inner
        case Call("MAX", (Literal(), inner)):
            return inner
    return None


def _shown(value: Decimal, *, as_rate: bool) -> tuple[bool, str]:
    """Whether the figure is exact as shown, and the figure."""
    short = round_half_up(value, _SHOWN_DECIMALS) if abs(value.adjusted()) < 20 else value
    return short == value, percent(short) if as_rate else plain(short)


def _equation(said: str, value: Decimal, *, as_rate: bool) -> str:
    is_exact, shown = _shown(value, as_rate=as_rate)
    if said == shown:
        return said
    return f"{said} {'=' if is_exact else '≈'} {shown}"
