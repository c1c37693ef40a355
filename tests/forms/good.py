"""Many good forms: scores within their caps, reasons where marks are lost, true totals."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from random import Random

from tests.forms import generic, guangzhou, shenzhen
from tests.forms.figures import Leaf, Path, replaced
from tests.forms.generic_data import SHORT_ACTUAL
from tests.forms.mutate import Draft

SEED = 20230301
# Shares of the cap that are kept where marks are lost.
_SHARES = (Decimal("0.5"), Decimal("0.75"), Decimal("0.8951"), Decimal("0.9"), Decimal(0))
# Scored by the tier of a rate that the form states elsewhere, which is the highest.
_BY_TIER = "公众或服务对象满意度"
_REASONS = (
    "{name}有{n}项未达到要求，属前期准备不足。",
    "年内{n}份材料报送超期，影响{name}得分。",
    "{name}：{n}个项目因招标流标推迟到次年。",
    "检查发现{n}处问题，与{name}的标准不符。",
    "涉及{name}的{n}笔支付集中在第四季度。",
)
_ACTIONS = (
    "由办公室牵头，{month}月底前逐项整改并复查。",
    "财务科按月通报进度，{month}月前补齐。",
    "修订内部流程，责任到科室，{month}月起执行。",
    "建立台账专人跟进，{month}月开展一次自查。",
)


def good_forms(rounds: int = 2) -> Iterator[Draft]:
    """Good forms of every source and layout, `rounds` of each; always the same ones.

    Each has a name of its own in `variant`. None holds an error; where a form has no column for
    reasons, the marks lost remain something to verify. Both layouts as printed are among them.
    """
    for number in range(rounds):
        for source in _sources():
            yield good_form(source, number)


def good_form(source: Draft, number: int) -> Draft:
    """The source with generated scores, the same ones for the same number."""
    random = Random(f"{SEED}:{source.variant}:{source.scheme}:{number}")
    draft = source
    for path, leaf in source.leaves():
        draft = replace(draft, roots=replaced(draft.roots, path, (_filled(random, leaf, path),)))
    name = f"{source.scheme or 'generic'}-{source.variant}-{number}"
    return replace(draft.with_right_total(), variant=name)


def _sources() -> Iterator[Draft]:
    for variant in guangzhou.VARIANTS:
        if variant != "text_scores":
            yield guangzhou.with_fair_head(guangzhou.form(variant))
    for variant in shenzhen.VARIANTS:
        if variant != "text_scores":
            yield shenzhen.with_fair_targets(shenzhen.form(variant))
    for flavour in generic.FLAVOURS:
        for variant in ("as_meant", "blank_filled", "moved"):
            yield generic.form(flavour, variant)


def _filled(random: Random, leaf: Leaf, path: Path) -> Leaf:
    cap = leaf.cap
    assert isinstance(cap, Decimal)
    if random.random() > 0.3 or leaf.name == _BY_TIER:
        return replace(leaf, score=cap, reason=None, action=None)
    kept = (cap * random.choice(_SHARES)).quantize(Decimal("0.01"), ROUND_DOWN)
    number, month = random.randint(1, 5), random.randint(3, 9)
    return replace(
        leaf,
        score=kept,
        actual=SHORT_ACTUAL.get(leaf.name, leaf.actual),
        reason=random.choice(_REASONS).format(name=path[-1].partition("#")[0], n=number),
        action=random.choice(_ACTIONS).format(month=month),
    )
