"""An expression as a Chinese phrase: what is computed, not how a sheet guards against blanks.

Standards whose shape is known read better by `formula.standard_sentence`.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from perfxl.formula.coerce import number_text
from perfxl.formula.patterns import (
    ONE,
    ZERO,
    Share,
    added,
    bounded,
    branches,
    may_be_negative,
    most,
    rounded,
    share,
    subject,
    unguarded,
    without_noise,
)
from perfxl.formula.terms import Terms, earned, percent, rounding, score_text, term_of
from perfxl.formula.tree import (
    Binary,
    Call,
    CellError,
    Literal,
    Name,
    Node,
    Opaque,
    Reference,
    Unary,
)

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷", "^": "的幂，指数", "&": "连接"}
_LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2}
_ATOM = 3
_COMPARED = {">=": "不低于", ">": "超过", "<=": "不超过", "<": "低于", "=": "为", "<>": "不为"}
_NO_TERMS: Terms = {}


def sentence(node: Node, terms: Terms = _NO_TERMS) -> str:
    """The expression in Chinese, without a full stop.

    Args:
        node: the expression; cells are called by sheet and A1 address.
        terms: what its keys are called.
    """
    score = rounded(node)
    body, limits = _limits(score.body)
    phrase = Phrase(terms)
    said = [phrase.score(body), *(phrase.limit(*limit) for limit in limits)]
    if score.decimals is not None and not _is_listed(body):
        said.append(rounding(score.decimals))
    return "，".join(said)


def is_rate(node: Node, terms: Terms) -> bool:
    """Whether its numbers are rates, to be said as percents."""
    node = without_noise(unguarded(node))
    match node:
        case Name():
            return term_of(node.name, terms).is_rate
        case Binary("+" | "-", left, right):
            return is_rate(left, terms) or is_rate(right, terms)
        case Unary(_, operand):
            return node.operator == "%" or is_rate(operand, terms)
        case Call("AVERAGE" | "MIN" | "MAX" | "ABS" | "ROUND", arguments):
            return any(is_rate(argument, terms) for argument in arguments)
    return False


def has_rates(node: Binary, terms: Terms) -> bool:
    """Whether numbers on either side of the operator are percents: 率－100%, 10×率÷90%."""
    left = node.left
    if node.operator == "/" and isinstance(left, Binary) and left.operator == "*":
        left = left.right
    return node.operator in "+-/" and (is_rate(left, terms) or is_rate(node.right, terms))


def cell_name(reference: Reference) -> str:
    """A reference as people point at it: 基础数据!C5."""
    sheet = "" if reference.sheet is None else f"{reference.sheet}!"
    return f"{sheet}{reference.area.a1}"


def _limits(node: Node) -> tuple[Node, list[tuple[str, Node]]]:
    """The score inside MAX(0, MIN(cap, score)), with those limits that can bind."""
    limits: list[tuple[str, Node]] = []
    match node:
        case Call("MAX", (Literal(Decimal()) as floor, inner)) if floor == ZERO:
            node = inner
            if may_be_negative(inner):
                limits.append(("最低", floor))
    match node:
        case Call("MIN", (Literal() | Reference() | Name() as cap, inner)):
            node = inner
            highest = most(inner)
            value = cap.value if isinstance(cap, Literal) else None
            if highest is None or not isinstance(value, Decimal) or highest > value:
                limits.insert(0, ("最高", cap))
    return node, limits


def _is_listed(node: Node) -> bool:
    """Whether all it can give stands in it as it is."""
    return most(node) is not None and all(
        isinstance(value, Literal) for part in added(node) for _, value in branches(part)
    )


class Phrase:
    """Wording of parts of an expression; keys are called by their terms."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def score(self, node: Node) -> str:
        """What gives points: a chain of conditions, a sum of such, or plain arithmetic."""
        parts = [_limits(part) for part in added(node)]
        if len(parts) > 1 and any(_is_chain(part) for part, _ in parts):
            said = [f"（{i}）{self._limited(*part)}" for i, part in enumerate(parts, 1)]
            return f"以下各项相加：{'；'.join(said)}"
        return self._chain(node) if _is_chain(node) else self.value(node)

    def _limited(self, body: Node, limits: Sequence[tuple[str, Node]]) -> str:
        return "，".join([self.score(body), *(self.limit(*limit) for limit in limits)])

    def limit(self, word: str, node: Node) -> str:
        """最高10分, or 最高为 with what gives the limit."""
        if isinstance(node, Literal) and isinstance(node.value, Decimal):
            return f"{word}{score_text(node.value)}"
        return f"{word}为{self.value(node)}"

    def _chain(self, node: Node) -> str:
        cases = list(branches(node))
        about = [subject(test) for test, _ in cases if test is not None]
        label = ""
        if about[0] and len(set(about)) == 1:
            label = term_of(about[0], self._terms).label
        said = []
        for test, value in cases:
            when = "否则" if test is None else self.condition(test).removeprefix(label)
            said.append(when + self._given(value, is_plain=test is not None))
        return label + "；".join(said)

    def _given(self, node: Node, *, is_plain: bool) -> str:
        if isinstance(node, Literal):
            if isinstance(node.value, Decimal):
                return earned(node.value)
            return "不计算" if node.value == "" else f"为“{self.value(node)}”"
        comma = "的，" if is_plain else "，"
        if _is_chain(node):
            return f"{comma}{self._chain(node)}"
        body, limits = _limits(rounded(node).body)
        limited = "".join(f"，{self.limit(*limit)}" for limit in limits)
        return f"{comma}按{self.score(body)}计分{limited}"

    def condition(self, test: Node) -> str:
        """A condition as it reads when it holds."""
        match test:
            case Call("AND" | "OR", tests):
                joint = "且" if test.name == "AND" else "或"
                about = subject(test)
                label = term_of(about, self._terms).label if about else ""
                return label + joint.join(self.condition(one).removeprefix(label) for one in tests)
            case Call("NOT", (inner,)):
                return f"并非{self.condition(inner)}"
            case Binary(operator, left, right) if operator in _COMPARED:
                other = self.value(right, as_rate=is_rate(left, self._terms))
                if isinstance(right, Literal) and isinstance(right.value, str):
                    other = f"“{right.value}”" if right.value else "空"
                one = self.value(left, as_rate=is_rate(right, self._terms))
                return f"{one}{_COMPARED[operator]}{other}"
        return f"{self.value(test)}成立"

    def value(self, node: Node, least: int = 0, *, as_rate: bool = False) -> str:  # noqa: C901
        """A quantity; in parentheses where it binds less than `least`."""
        node = without_noise(unguarded(node))
        match node:
            case Literal():
                return _literal_said(node, as_rate=as_rate)
            case Name():
                return term_of(node.name, self._terms).label
            case Reference():
                return cell_name(node)
            case Unary("%", operand):
                return f"{self.value(operand, _ATOM)}%"
            case Unary("-", operand):
                return f"（－{self.value(operand, _ATOM)}）"
            case Unary(_, operand):
                return self.value(operand, least)
            case Binary("-", left, right) if right == ZERO:
                return self.value(left, least)
            case Binary(operator, left, right) if operator in _SIGNS:
                own = _LEVELS.get(operator, 0)
                rates = has_rates(node, self._terms)
                one = self.value(left, own, as_rate=rates)
                other = self.value(right, own + 1, as_rate=rates)
                said = f"{one}{_SIGNS[operator]}{other}"
                return f"（{said}）" if own < least else said
            case Binary():
                return f"（{self.condition(node)}）"
            case Call():
                return self._call(node, least)
            case Opaque():
                return node.what

    def _call(self, node: Call, least: int) -> str:
        if (found := share(node)) is not None:
            return self._share(found)
        if (limit := bounded(node)) is not None:
            word = "最高" if limit[0] == "MIN" else "最低"
            rates = is_rate(limit[2], self._terms)
            return f"（{self.value(limit[2])}，{word}{_literal_said(limit[1], as_rate=rates)}）"
        if _is_chain(node):
            return f"（{self._chain(node)}）"
        if node.name == "IF":
            return f"（{'，'.join(self._alternatives(node))}）"
        word_of = _CALLS.get(node.name)
        rates = is_rate(node, self._terms)
        arguments = [self.value(one, as_rate=rates) for one in node.arguments]
        if word_of is None:
            return f"函数{node.name}（{'，'.join(arguments)}）"
        said = word_of(arguments)
        return f"（{said}）" if least else said

    def _share(self, found: Share) -> str:
        rates = is_rate(found.actual, self._terms)
        actual = self.value(found.actual, _ATOM, as_rate=rates)
        target = self.value(found.target, _ATOM, as_rate=rates)
        if not found.is_higher:
            part = self.value(found.part, as_rate=rates)
            return f"（{actual}不超过{target}为1，超过的为{part}）"
        if found.target == ONE:
            return f"{actual}（最高按100%）"
        return f"（{actual}÷{target}，最高为1）"

    def _alternatives(self, node: Call) -> Sequence[str]:
        said = []
        for test, value in branches(node):
            when = "否则" if test is None else f"{self.condition(test)}时"
            said.append(f"{when}取{self.value(value)}")
        return said


def _is_chain(node: Node) -> bool:
    """Whether it is a chain of IFs that gives points as they stand somewhere."""
    if not isinstance(node, Call) or node.name != "IF" or share(node) is not None:
        return False
    values = [value for _, value in branches(node)]
    return any(isinstance(value, Literal) for value in values)


def _literal_said(node: Literal, *, as_rate: bool) -> str:
    match node.value:
        case bool():
            return "真" if node.value else "假"
        case Decimal():
            return percent(node.value) if as_rate else number_text(node.value)
        case CellError():
            return node.value.code
        case None:
            return "空"
    return node.value


def _of_many(many: str, one: str) -> Callable[[Sequence[str]], str]:
    """Wording for several arguments and for a list."""
    return lambda said: f"{said[0]}{one}" if len(said) == 1 else f"{'、'.join(said)}{many}"


def _decimals(said: Sequence[str], whole: str, some: str) -> str:
    return f"{said[0]}，{whole}" if said[-1] == "0" else f"{said[0]}，{some}到小数{said[-1]}位"


_CALLS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "AVERAGE": _of_many("的平均值", "的平均值"),
    "SUM": _of_many("之和", "合计"),
    "MIN": _of_many("中的较小者", "中的最小值"),
    "MAX": _of_many("中的较大者", "中的最大值"),
    "COUNT": _of_many("中数值的个数", "中数值的个数"),
    "COUNTA": _of_many("中已填的个数", "中已填的个数"),
    "ABS": _of_many("的绝对值", "的绝对值"),
    "INT": _of_many("取整数", "取整数"),
    "ROUND": lambda said: f"{said[0]}（{'取整数' if said[-1] == '0' else f'{said[-1]}位小数'}）",
    "ROUNDDOWN": lambda said: _decimals(said, "舍去小数", "舍去"),
    "ROUNDUP": lambda said: _decimals(said, "进位取整", "进位"),
}
