"""A scheme for the eye (plain text) and for programs (JSON)."""

from collections.abc import Iterator
from typing import Any

from perfxl.model.counting import NotApplicable
from perfxl.model.number import plain
from perfxl.scheme.model import CapMode, Scheme, SchemeGroup, SchemeIndicator

COLUMN_NAMES = {"shortfall_reason": "未达标原因", "improvement_measures": "改进措施"}

_CAPS = {
    CapMode.FIXED: "固定，不得改动",
    CapMode.REFERENCE: "参考，单位可调整，各级合计应相符",
    CapMode.ASSUMED: "暂定，未取得文件，可按本地规定修改，校验不据此判断",
}


def describe(scheme: Scheme) -> str:
    """The scheme in plain Chinese: caps, bands, basis, what is unknown."""
    return "\n".join([*_head(scheme), "", *_tree(scheme), *_tail(scheme)])


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
        "indicators": [_node_to_json(root) for root in scheme.roots],
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
        yield from _branch(root, 1)


def _branch(node: SchemeGroup | SchemeIndicator, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(node, SchemeIndicator):
        part = f"（{node.part}）" if node.part else ""
        cap = "分值由单位定" if node.max_score is None else plain(node.max_score)
        yield f"{indent}{node.name}{part} {cap}"
        return
    yield f"{indent}{node.name} {plain(node.max_score)}"
    if node.custom:
        yield f"{indent}  （单位自设指标，分值合计{plain(node.max_score)}）"
    for child in node.children:
        yield from _branch(child, depth + 1)


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


def _node_to_json(node: SchemeGroup | SchemeIndicator) -> dict[str, Any]:
    cap = None if node.max_score is None else plain(node.max_score)
    told: dict[str, Any] = {"name": node.name, "max_score": cap}
    if node.aliases:
        told["aliases"] = list(node.aliases)
    if isinstance(node, SchemeGroup):
        told["children"] = [_node_to_json(child) for child in node.children]
    elif node.part:
        told["part"] = node.part
    return told
