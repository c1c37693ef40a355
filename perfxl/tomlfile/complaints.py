"""What is wrong in a file, in Chinese: where, what was found, what was expected."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

_TAG = "shape"  # the key that says which of several kinds a table is
_SHOWN = 3  # faults told at once; the rest is counted

_DATE = "应为日期，不加引号，如 2024-12-31"
# pydantic's type of error → what was expected; {…} are filled from the error's context.
_EXPECTED = {
    "bool_type": "应为 true 或 false",
    "decimal_type": "应为数，不加引号",
    "is_instance_of": "应为数，不加引号",  # a Decimal, strictly
    "finite_number": "应为普通的数",
    "int_type": "应为整数，不加引号",
    "string_type": "应为文字，加引号",
    "list_type": "应为列表",
    "date_type": _DATE,
    "date_from_datetime_inexact": _DATE,
    "dict_type": "应为一组键和值",
    "model_type": "应为一组键和值",
    "model_attributes_type": "应为一组键和值",
    "greater_than": "应大于{gt}",
    "greater_than_equal": "应不小于{ge}",
    "less_than_equal": "应不大于{le}",
    "string_too_short": "不能为空",
    "string_too_long": "最多{max_length}个字",
    "too_short": "至少要有{min_length}项",
    "literal_error": "应为{expected}",
    "union_tag_invalid": "应为{expected_tags}",
}
_PATTERNS = {
    False: "只用小写字母、数字和连字符，如 city-2024",
    True: "只用小写字母、数字和下划线，以字母开头，如 budget_total",
}


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault with the path to it in the file; `is_branch`: of one of several forms allowed."""

    path: tuple[str | int, ...]
    is_branch: bool
    raw: Any


def complain(
    file: str, data: Mapping[str, Any], error: ValidationError, model: type[BaseModel]
) -> str:
    """One Chinese sentence about the faults of a file, the first few of them in words.

    Args:
        file: how the file is named to the user.
        data: what the file holds.
        error: what the model says of it.
        model: the model of the whole file, for the keys that were perhaps meant.
    """
    places = _by_place(data, error)
    told = "；".join(_one(data, faults, model) for faults in places[:_SHOWN])
    rest = f"；另有{len(places) - _SHOWN}处" if len(places) > _SHOWN else ""
    return f"{file}：{told}{rest}"


def _by_place(data: Mapping[str, Any], error: ValidationError) -> list[list[_Fault]]:
    """The faults by what they are about.

    Where several forms are allowed, each complains: those of a form that was plainly not meant,
    because another one went deeper, are left out.
    """
    faults = [_located(data, raw) for raw in error.errors(include_url=False)]
    places: dict[tuple[str | int, ...], list[_Fault]] = {}
    for fault in faults:
        is_outdone = fault.is_branch and any(
            len(other.path) > len(fault.path) and other.path[: len(fault.path)] == fault.path
            for other in faults
        )
        # Two unknown keys of a table are two faults, two forms of one value are one.
        if not is_outdone:
            places.setdefault(fault.path, []).append(fault)
    return list(places.values())


def _located(data: Mapping[str, Any], raw: Any) -> _Fault:
    """A fault with the steps that are the file's own; names of forms and shapes are dropped."""
    value: Any = data
    path: list[str | int] = []
    steps = raw["loc"]
    is_branch = is_tagged = False
    for position, step in enumerate(steps):
        if not is_tagged and isinstance(value, Mapping) and value.get(_TAG) == step:
            is_tagged = True  # the kind itself, which may be spelled as one of its keys
            continue
        is_last = position == len(steps) - 1
        inside = _into(value, step)
        is_missing = is_last and raw["type"] == "missing" and isinstance(value, Mapping)
        if inside is None and not is_missing:
            is_branch = True
            continue
        path.append(step)
        value = inside
        is_branch = is_tagged = False
    return _Fault(tuple(path), is_branch, raw)


def _one(data: Mapping[str, Any], faults: list[_Fault], model: type[BaseModel]) -> str:
    fault = faults[0].raw
    where = _where(data, faults[0].path)
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return f"缺少 {where}"
    if kind == "union_tag_not_found":
        return f"缺少 {where} › {context['discriminator'].strip(chr(39))}"
    if kind == "extra_forbidden":
        return f"不认识 {where}{_meant(str(fault['loc'][-1]), model)}"
    if kind == "value_error":
        return f"{where}：{context['error']}"
    if kind == "union_tag_invalid":
        where += f" › {context['discriminator'].strip(chr(39))}"
        shown = f"“{context['tag']}”"
    else:
        shown = _shown(fault["input"])
    expected = list(dict.fromkeys(_expected(one.raw) for one in faults))
    return f"{where} 写的是 {shown}，{'，或'.join(_joinable(expected))}"


def _expected(fault: Any) -> str:
    kind, context = fault["type"], dict(fault.get("ctx", {}))
    if kind == "string_pattern_mismatch":
        return _PATTERNS["_" in context["pattern"]]
    words = _EXPECTED.get(kind, "写法不对").format_map(context)
    if kind in ("literal_error", "union_tag_invalid"):
        words = re.sub(", | or ", "、", words).replace("'", "")
    return words


def _joinable(expected: list[str]) -> list[str]:
    """应为数，应为列表 → 应为数，为列表; what no form says more of is left out."""
    known = [words for words in expected if words != "写法不对"] or expected
    return [known[0], *(words.removeprefix("应") for words in known[1:])]


def _where(data: Mapping[str, Any], loc: Sequence[str | int]) -> str:
    """The path to a key in words: `group“管理效率” › indicator“数据质量” › max_score`."""
    words: list[str] = []
    value: Any = data
    for step in loc:
        value = _into(value, step)
        if not isinstance(step, int):
            words.append(step)
        elif words:
            words[-1] += _label(value, step)
    return " › ".join(words) or "整个文件"


def _into(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _label(value: Any, index: int) -> str:
    keys = ("name", "heading", "key", "level1", "level2", "grade", "answer")
    names = (value.get(key) for key in keys) if isinstance(value, Mapping) else ()
    name = next((name for name in names if isinstance(name, str) and name), "")
    return f"“{name}”" if name else f"[第{index + 1}项]"


def _shown(value: Any) -> str:
    text = f"“{value}”" if isinstance(value, str) else str(value)
    text = text.lower() if isinstance(value, bool) else text  # as TOML spells it
    return text if len(text) <= 40 else text[:39] + "…"


def _meant(key: str, model: type[BaseModel]) -> str:
    close = difflib.get_close_matches(key, sorted(_keys_of(model)), n=1)
    return f"（是否 {close[0]}？）" if close else ""


def _keys_of(model: type[BaseModel]) -> set[str]:
    """All keys that a file may hold at any depth."""
    keys: set[str] = set()
    seen: set[type[BaseModel]] = set()
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        keys |= {field.alias or name for name, field in one.model_fields.items()}
        for field in one.model_fields.values():
            waiting += _models_in(field.annotation)
    return keys


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names: list[GroupFile] → GroupFile."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
