"""The format of a row of the list of units; imported only where a list is read (pydantic)."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from perfxl.batch.model import UnitState
from perfxl.batch.names import one_line
from perfxl.scheme.vocabulary import fold

_STATES: dict[str, UnitState] = {
    "": UnitState.DUE, "应报": UnitState.DUE, "是": UnitState.DUE, "报送": UnitState.DUE,
    "免报": UnitState.EXEMPT, "不报": UnitState.EXEMPT, "否": UnitState.EXEMPT,
    "豁免": UnitState.EXEMPT,
    "合并上报": UnitState.MERGED, "合并": UnitState.MERGED, "合并报送": UnitState.MERGED,
    "更名撤并": UnitState.RENAMED, "更名": UnitState.RENAMED, "撤并": UnitState.RENAMED,
    "撤销": UnitState.RENAMED, "已更名": UnitState.RENAMED,
}  # fmt: skip
_LONGEST_NAME = 100  # characters; the stamp of a copy holds 255
_LONGEST_CODE = 40
_SEPARATORS = "、;；,，/"


def _fault(what: str, fix: str) -> PydanticCustomError:
    """What is wrong and what to do; whoever reads the list adds where."""
    # Texts out of a cell stand in the context, so that their braces stay braces.
    return PydanticCustomError("unit_row", "{what}", {"what": what, "fix": fix})


def _without_blanks(value: object) -> object:
    return "".join(value.split()) if isinstance(value, str) else value


def _one_line(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _parts(value: object) -> object:
    if not isinstance(value, str):
        return value
    for mark in _SEPARATORS:
        value = value.replace(mark, "\n")
    return tuple(dict.fromkeys(one.strip() for one in value.splitlines() if one.strip()))


def _state(value: object) -> object:
    known = _STATES.get(fold(value)) if isinstance(value, str) else None
    if known is None:
        choices = "、".join(one.value for one in UnitState)
        raise _fault(f"状态写的是“{value}”", f"应为{choices}之一，不写即应报")
    return known


def _is_name(name: str) -> str:
    if not name:
        raise _fault("没有写单位名称", "请补上")
    if len(name) > _LONGEST_NAME:
        raise _fault(f"单位名称有{len(name)}个字，超过{_LONGEST_NAME}个", "请改用规范全称")
    return name


def _is_code(code: str, info: ValidationInfo) -> str:
    """A code; lists without a column of them go by names (`has_codes` of the context)."""
    if not code and (info.context or {}).get("has_codes"):
        raise _fault("没有写单位代码", "请补上，每个单位一个，不能重复")
    if len(code) > _LONGEST_CODE:
        raise _fault(f"单位代码有{len(code)}个字符，超过{_LONGEST_CODE}个", "请核对")
    return code


def _leads_somewhere(into: str, info: ValidationInfo) -> str:
    state: UnitState | None = info.data.get("state")  # missing where it was wrong itself
    if state and state.goes_elsewhere and not into:
        raise _fault(f"状态是{state.value}，没有写并入哪个单位", "请在“并入单位代码”写代码")
    return into


class UnitRow(BaseModel):
    """A row of the list, texts as they stand in its cells; every fault of it is told.

    The fields are in the order in which faults are told; `into` needs `state` before it.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    name: Annotated[str, BeforeValidator(_one_line), AfterValidator(_is_name)]
    code: Annotated[
        str, BeforeValidator(_without_blanks), AfterValidator(_is_code),
        Field(validate_default=True),
    ] = ""  # fmt: skip
    district: Annotated[str, BeforeValidator(_one_line)] = ""
    state: Annotated[UnitState, BeforeValidator(_state)] = UnitState.DUE
    into: Annotated[
        str, BeforeValidator(_one_line), AfterValidator(_leads_somewhere),
        Field(validate_default=True),
    ] = ""  # fmt: skip
    aliases: Annotated[tuple[str, ...], BeforeValidator(_parts)] = ()
    contact: str = ""
    phone: str = ""
