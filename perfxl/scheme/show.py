"""A scheme for the eye (plain text) and for programs (JSON)."""

from collections.abc import Iterator
from typing import Any

from perfxl.formula.sentence import sentence
from perfxl.formula.shapes import Checklist, Manual, Shape, Sum, ZeroIf, is_manual, operands
from perfxl.formula.standard_sentence import standard_sentence
from perfxl.formula.terms import Term, Terms
from perfxl.formula.tree import Name, inputs
from perfxl.model.counting import NotApplicable
from perfxl.model.number import plain
from perfxl.scheme.model import (
    CapMode,
    CustomRows,
    Measure,
    Scheme,
    SchemeGroup,
    SchemeIndicator,
    SchemeInput,
    Scoring,
    Standard,
)

COLUMN_NAMES = {"shortfall_reason": "未达标原因", "improvement_measures": "改进措施"}

_CAPS = {
    CapMode.FIXED: "固定，不得改动",
    CapMode.REFERENCE: "参考，单位可调整，各级合计应相符",
    CapMode.ASSUMED: "暂定，未取得文件，可按本地规定修改，校验不据此判断",
}


_STANDARDS = {
    Standard.PUBLISHED: "已公布",
    Standard.DERIVED: "推得，未公布",
    Standard.BORROWED: "借用他处",
}


def describe(scheme: Scheme) -> str:
    """The scheme in plain Chinese: caps, standards, figures, bands, basis, what is unknown."""
    return "\n".join([*_head(scheme), "", *_tree(scheme), *_figures(scheme), *_tail(scheme)])


def terms_of(scheme: Scheme) -> Terms:
    """What a scheme's keys are called and counted in."""
    terms = {one.key: Term(one.name, one.unit) for one in scheme.inputs}
    terms |= {one.key: Term(one.name, one.unit) for one in scheme.measures}
    return terms | {one.key: Term(one.name, "%") for one in scheme.lists}


def scheme_summary(scheme: Scheme) -> dict[str, Any]:
    """The scheme in a list of schemes, as JSON values."""
    return {
        "id": scheme.id,
        "version": scheme.version,
        "title": scheme.title,
        "year": scheme.year,
        "total_score": plain(scheme.total_score),
        "caps": scheme.cap_mode.value,
        "indicators": sum(1 for _ in scheme.leaves()),
    }


_NOT_APPLICABLE = {
    NotApplicable.FULL: "按满分计",
    NotApplicable.WITHIN_LEVEL2: "按所属二级指标其余各项折算",
    NotApplicable.RESCALE_100: "不计分，其余各项折算成满分",
}


def scheme_to_json(scheme: Scheme) -> dict[str, Any]:
    """The scheme as JSON values; scores are strings of decimals."""
    return {
        "id": scheme.id,
        "version": scheme.version,
        "title": scheme.title,
        "year": scheme.year,
        "total_score": plain(scheme.total_score),
        "score_decimals": scheme.score_decimals,
        "caps": scheme.cap_mode.value,
        "bands": [{"grade": band.grade.value, "lower": plain(band.lower)} for band in scheme.bands],
        "bands_assumed": scheme.bands_assumed,
        "not_applicable": scheme.not_applicable.value if scheme.not_applicable else None,
        "required_columns": list(scheme.required_columns),
        "basis": [
            {"doc_no": item.doc_no, "title": item.title, "article": item.article}
            for item in scheme.basis
        ],
        "unknowns": list(scheme.unknowns),
        "kind": scheme.kind,
        "inputs": [_input_to_json(one) for one in scheme.inputs],
        "measures": [_measure_to_json(one, terms_of(scheme)) for one in scheme.measures],
        "results": [
            {"key": one.key, "name": one.name, "level1": one.level1} for one in scheme.lists
        ],
        "adjustments": [
            {"name": one.name, "kind": one.kind.value, "limit": plain(one.limit)}
            for one in scheme.adjustments
        ],
        "ceilings": [
            {"key": one.key, "name": one.name, "grade": one.grade.value} for one in scheme.ceilings
        ],
        "indicators": [_node_to_json(root, scheme) for root in scheme.roots],
    }


def _head(scheme: Scheme) -> Iterator[str]:
    yield scheme.title
    yield f"编号：{scheme.id}　版本：{scheme.version}"
    if scheme.year is not None:
        yield f"年度：{scheme.year}"
    leaves = sum(1 for _ in scheme.leaves())
    yield f"总分：{plain(scheme.total_score)}分，共{leaves}项指标"
    yield f"得分：保留{scheme.score_decimals}位小数"
    yield f"分值：{_CAPS[scheme.cap_mode]}"
    if scheme.required_columns:
        yield "必有栏目：" + "、".join(COLUMN_NAMES[name] for name in scheme.required_columns)
    if scheme.not_applicable:
        yield f"不适用的指标：{_NOT_APPLICABLE[scheme.not_applicable]}"
    yield f"等级：{_bands(scheme)}"


def _bands(scheme: Scheme) -> str:
    if not scheme.bands:
        return "未知"
    words: list[str] = []
    below = ""
    for band in scheme.bands:
        least = f"{plain(band.lower)}分及以上" if band.lower else ""
        words.append(f"{band.grade.value} " + "、".join(filter(None, (least, below))))
        below = f"不足{plain(band.lower)}分"
    return "；".join(words) + ("（暂按通行划分，请核实）" if scheme.bands_assumed else "")


def _tree(scheme: Scheme) -> Iterator[str]:
    yield "指标和分值："
    for root in scheme.roots:
        yield from _branch(root, scheme, 1)


def _branch(node: SchemeGroup | SchemeIndicator, scheme: Scheme, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(node, SchemeIndicator):
        part = f"（{node.part}）" if node.part else ""
        cap = "分值由单位定" if node.max_score is None else plain(node.max_score)
        may = "（可以不适用）" if node.may_be_not_applicable else ""
        yield f"{indent}{node.name}{part} {cap}{may}"
        if node.scoring and not _is_bare(node.scoring.shape):
            yield f"{indent}  {_standard(node, scheme)}（{_surety(node.scoring)}）"
        return
    yield f"{indent}{node.name} {plain(node.max_score)}"
    if node.custom:
        yield f"{indent}  （单位自设指标，分值合计{plain(node.max_score)}{_own(node.custom)}）"
    for child in node.children:
        yield from _branch(child, scheme, depth + 1)


def _is_bare(shape: Shape) -> bool:
    """Whether nothing is known but that a person scores."""
    return isinstance(shape, Manual) and not shape.levels


def _standard(node: SchemeIndicator, scheme: Scheme) -> str:
    assert node.scoring
    return standard_sentence(
        node.scoring.shape,
        node.max_score,
        terms_of(scheme),
        decimals=scheme.score_decimals,
        year=scheme.year,
    )


def _surety(known: Scoring | CustomRows) -> str:
    source = f"：{known.source}" if known.source else ""
    return f"{_STANDARDS[known.standard]}{source}"


def _own(custom: CustomRows) -> str:
    if not custom.by_completion:
        return ""
    return f"；按目标完成比例计分，{_surety(custom)}"


def _figures(scheme: Scheme) -> Iterator[str]:
    """What units enter and what is computed of it."""
    if scheme.inputs:
        yield ""
        yield "基础数据（单位填写）："
        asked = {key for leaf in scheme.leaves() if leaf.scoring
                 for key in _questions(leaf.scoring.shape)}  # fmt: skip
        for one in scheme.inputs:
            told = "、".join(one.options) or one.unit
            if one.key not in asked:
                yield f"  {one.name}" + (f"（{told}）" if told else "")
        if asked:
            yield f"  另有{len(asked)}个选择题，见各指标的标准"
    if scheme.measures:
        terms = terms_of(scheme)
        yield ""
        yield "由基础数据算出："
        for measure in scheme.measures:
            yield f"  {measure.name}＝{sentence(measure.expression, terms)}"
    if scheme.lists:
        yield ""
        yield "取自绩效指标完成情况："
        for listed in scheme.lists:
            yield f"  {listed.name}（{listed.level1}下各项）"


def _questions(shape: Shape) -> Iterator[str]:
    match shape:
        case Checklist():
            yield from (item.key for item in shape.items)
        case ZeroIf():
            yield from _questions(shape.otherwise)
        case Sum():
            for part in shape.parts:
                yield from _questions(part.shape)
        case _:
            return


def _needs(measure: Measure) -> list[str]:
    nodes = dict.fromkeys(inputs(measure.expression))
    return [node.name for node in nodes if isinstance(node, Name)]


def _tail(scheme: Scheme) -> Iterator[str]:
    if scheme.basis:
        yield ""
        yield "依据："
        for item in scheme.basis:
            yield "  " + "".join((item.doc_no, f"《{item.title}》", item.article))
    if scheme.unknowns:
        yield ""
        yield "未知或待确认："
        for unknown in scheme.unknowns:
            yield f"  {unknown}"


def _input_to_json(one: SchemeInput) -> dict[str, Any]:
    told: dict[str, Any] = {"key": one.key, "name": one.name, "unit": one.unit}
    if one.options:
        told["options"] = list(one.options)
    if one.aliases:
        told["aliases"] = list(one.aliases)
    return told


def _measure_to_json(one: Measure, terms: Terms) -> dict[str, Any]:
    told: dict[str, Any] = {"key": one.key, "name": one.name, "unit": one.unit}
    told["needs"] = _needs(one)
    told["sentence"] = sentence(one.expression, terms)
    if one.aliases:
        told["aliases"] = list(one.aliases)
    return told


def _node_to_json(node: SchemeGroup | SchemeIndicator, scheme: Scheme) -> dict[str, Any]:
    cap = None if node.max_score is None else plain(node.max_score)
    told: dict[str, Any] = {"name": node.name, "max_score": cap}
    if node.aliases:
        told["aliases"] = list(node.aliases)
    if isinstance(node, SchemeGroup):
        told["children"] = [_node_to_json(child, scheme) for child in node.children]
        if node.custom:
            told["custom"] = {
                "rows": node.custom.rows,
                "by_completion": node.custom.by_completion,
                "standard": node.custom.standard.value,
                "source": node.custom.source,
            }
        return told
    if node.part:
        told["part"] = node.part
    if node.may_be_not_applicable:
        told["may_be_not_applicable"] = True
    if node.scoring and not _is_bare(node.scoring.shape):
        told["scoring"] = {
            "is_computed": not is_manual(node.scoring.shape),
            "sentence": _standard(node, scheme),
            "standard": node.scoring.standard.value,
            "source": node.scoring.source,
            "needs": list(dict.fromkeys(operands(node.scoring.shape))),
        }
    return told
