"""What is wrong in a file, in Chinese: where, what was found, what was expected."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

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
    "greater_than": "应大于{gt}",
    "greater_than_equal": "应不小于{ge}",
    "less_than_equal": "应不大于{le}",
    "string_too_short": "不能为空",
    "string_too_long": "最多{max_length}个字",
    "too_short": "至少要有{min_length}项",
    "string_pattern_mismatch": "只用小写字母、数字和连字符，如 city-2024",
    "literal_error": "应为{expected}",
}


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
    faults = error.errors(include_url=False)
    told = "；".join(_one(data, fault, model) for fault in faults[:_SHOWN])
    rest = f"；另有{len(faults) - _SHOWN}处" if len(faults) > _SHOWN else ""
    return f"{file}：{told}{rest}"


def _one(data: Mapping[str, Any], fault: Any, model: type[BaseModel]) -> str:
    where = _where(data, fault["loc"])
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return f"缺少 {where}"
    if kind == "extra_forbidden":
        return f"不认识 {where}{_meant(str(fault['loc'][-1]), model)}"
    if kind == "value_error":
        return f"{where}：{context['error']}"
    expected = _EXPECTED.get(kind, "写法不对").format_map(context)
    if kind == "literal_error":
        expected = re.sub(", | or ", "、", expected).replace("'", "")
    return f"{where} 写的是 {_shown(fault['input'])}，{expected}"


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
    name = value.get("name") or value.get("heading") if isinstance(value, Mapping) else None
    return f"“{name}”" if isinstance(name, str) and name else f"[第{index + 1}项]"


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
        keys |= set(one.model_fields)
        for field in one.model_fields.values():
            waiting += _models_in(field.annotation)
    return keys


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names: list[GroupFile] → GroupFile."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
