"""Points that a text says were deducted, in all or of an indicator, against those of the table."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfxl.model.form import Indicator, Return, SelfEvaluationForm
from perfxl.model.sums import lost_by
from perfxl.rules.quantities import flat, sentences

_FIGURE = r"(\d{1,3}(?:\.\d{1,4})?)分(?!之)"
_TOTAL = re.compile(
    "(?:扣分项|扣分(?:合计|共计|总计)|(?:合计|共计|总共|共|总)(?:扣|失|丢)(?:掉|除|了|去)?分?|失分(?:合计|共计|项))"
    "(?:合计|共计|共)?(?:扣|失)?(?:为|是|：)?" + _FIGURE,
    re.ASCII,
)
_TAKEN = r"[”」]?(?:指标|方面)?(?:（[^（）]{0,40}）)?[，：]?扣(?:除|减|了|分)?" + _FIGURE
_ANOTHER_YEAR = re.compile("上年|去年|往年|上一年|复评|财政评价|同比|20\\d\\d年")
_SHORTEST_NAME = 4  # 满意度 and the like turn up in any sentence


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points said to be lost; `name` is the indicator's, "" for the whole; `lost` as scored."""

    quote: str
    name: str
    said: Decimal
    lost: Decimal


def wrong_deductions(text: str, returned: Return) -> Iterator[Deduction]:
    """Each deduction of a text that no score of the workbook bears out.

    A total may be that of any form or group, with or without what exceeds its cap; an
    indicator's may be told in parts. Sentences about another year or another's marks are passed.
    """
    for sentence in sentences(flat(text)):
        if "扣" not in sentence and "失" not in sentence and "丢" not in sentence:
            continue
        other_year = _ANOTHER_YEAR.search(sentence)
        year = returned.year.value if returned.year else ""
        if other_year and other_year[0] != f"{year}年":
            continue
        yield from _wrong_totals(sentence, returned.forms)
        yield from _wrong_parts(sentence, returned.forms)


def _wrong_totals(sentence: str, forms: list[SelfEvaluationForm]) -> Iterator[Deduction]:
    said = [(match[0], Decimal(match[1])) for match in _TOTAL.finditer(sentence)]
    if not said:
        return
    known = [losses for form in forms for losses in _losses(form)]
    wholes = [whole for form in forms if (whole := _whole_loss(form)) is not None]
    if len(wholes) != len(forms) or not wholes:
        return
    for quote, stated in said:
        if stated not in {*known, *wholes, sum(wholes)}:
            yield Deduction(quote, "", stated, wholes[0])


def _whole_loss(form: SelfEvaluationForm) -> Decimal | None:
    """Points lost in all, or None when a score or a cap is not known."""
    leaves = list(form.leaves())
    if not all(_is_known(leaf) for leaf in leaves) or not leaves:
        return None
    return sum((lost_by(leaf) or Decimal(0) for leaf in leaves), Decimal(0))


def _losses(form: SelfEvaluationForm) -> Iterator[Decimal]:
    """Losses of every group and indicator, and the form's caps less its scores."""
    sets = [list(group.leaves()) for group in form.groups()]
    sets += [[leaf] for leaf in form.leaves()]
    sets.append(list(form.leaves()))
    for leaves in sets:
        if all(_is_known(leaf) for leaf in leaves):
            yield sum((lost_by(leaf) or Decimal(0) for leaf in leaves), Decimal(0))
            yield sum((_gap(leaf) for leaf in leaves), Decimal(0))
    total = form.total
    cap = total.max_score.value if total and total.max_score else None
    if total and cap is not None and total.score.value is not None:
        yield cap - total.score.value


def _wrong_parts(sentence: str, forms: list[SelfEvaluationForm]) -> Iterator[Deduction]:
    for name, leaves in _by_name(forms).items():
        if name not in sentence or not all(_is_known(leaf) for leaf in leaves):
            continue
        matches = list(re.finditer(re.escape(name) + _TAKEN, sentence, re.ASCII))
        said = [Decimal(match[1]) for match in matches]
        lost = [lost_by(leaf) or Decimal(0) for leaf in leaves]
        if said and sum(said) not in {*lost, sum(lost)} and not set(said) & {*lost, sum(lost)}:
            yield Deduction(matches[0][0], name, said[0], sum(lost, Decimal(0)))


def _by_name(forms: list[SelfEvaluationForm]) -> dict[str, list[Indicator]]:
    """Indicators by name as it stands in a text, without names that are too common."""
    named: dict[str, list[Indicator]] = defaultdict(list)
    for form in forms:
        for leaf in form.leaves():
            name = flat(leaf.path[-1]) if leaf.path else ""
            if len(name) >= _SHORTEST_NAME:
                named[name].append(leaf)
    return named


def _is_known(leaf: Indicator) -> bool:
    return leaf.score.value is not None and bool(leaf.max_score) and _cap(leaf) is not None


def _cap(leaf: Indicator) -> Decimal | None:
    return leaf.max_score.value if leaf.max_score else None


def _gap(leaf: Indicator) -> Decimal:
    return (_cap(leaf) or Decimal(0)) - (leaf.score.value or Decimal(0))
