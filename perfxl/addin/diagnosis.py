"""The lines of a diagnosis: how things stand, and the officer's next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from perfxl.addin.mode import ModeChoice


class State(StrEnum):
    """How one thing stands."""

    GOOD = "正常"
    MIND = "注意"
    BAD = "有问题"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at.

    Attributes:
        name: what was looked at.
        state: how it stands.
        said: what was found.
        step: what to do next; "" when there is nothing to do.
    """

    name: str
    state: State
    said: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was looked at, and the way that the buttons will take."""

    lines: tuple[Line, ...]
    mode: ModeChoice

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong; things to mind may be there."""
        return all(line.state is not State.BAD for line in self.lines)


def diagnosis_text(diagnosis: Diagnosis) -> str:
    """The diagnosis for a person: a line a thing, its next step below, the verdict last."""
    lines = []
    for line in diagnosis.lines:
        lines.append(f"【{line.state}】{line.name}：{line.said}")
        if line.step:
            lines.append(f"        怎么办：{line.step}")
    return "\n".join([*lines, _verdict(diagnosis.lines)])


def diagnosis_short(diagnosis: Diagnosis) -> str:
    """What is not as it should be, for a message box; one line when everything is."""
    lines = [line for line in diagnosis.lines if line.state is not State.GOOD]
    told = [f"【{one.state}】{one.name}：{one.said}。{one.step}" for one in lines]
    return "\n".join(told) if told else "按钮需要的都正常。"


def diagnosis_json(diagnosis: Diagnosis) -> dict[str, object]:
    """The diagnosis for a program: `checks` in order, `mode` and `why`."""
    return {
        "checks": [
            {"name": one.name, "state": one.state.name.lower(), "detail": one.said,
             "next": one.step}
            for one in diagnosis.lines
        ],
        "mode": diagnosis.mode.mode.value,
        "why": diagnosis.mode.why,
        "well": diagnosis.is_well,
    }  # fmt: skip


def _verdict(lines: Sequence[Line]) -> str:
    bad = sum(line.state is State.BAD for line in lines)
    mind = sum(line.state is State.MIND for line in lines)
    if not bad and not mind:
        return "诊断完毕：都正常"
    told = [f"{bad}项有问题"] if bad else []
    told += [f"{mind}项请注意"] if mind else []
    return f"诊断完毕：{'，'.join(told)}，请照上面“怎么办”处理"
