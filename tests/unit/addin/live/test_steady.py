from dataclasses import dataclass, field
from typing import Any

import pytest

from perfxl.addin.live.errors import ExcelBusyError
from perfxl.addin.live.steady import Patience, is_rejection, steady

REJECTED = -2147418111


class ComError(Exception):
    """As COM's own error: a number, and details of which the last is another number."""

    def __init__(self, hresult: int, scode: int = 0) -> None:
        super().__init__(hresult)
        self.hresult = hresult
        self.excepinfo = (0, None, "坏了", None, 0, scode)


@dataclass
class Cell:
    """Rejects so many calls before it answers."""

    rejections: int = 0
    error: int = REJECTED
    calls: int = 0
    value: Any = None
    arguments: list[object] = field(default_factory=list)

    @property
    def Value(self) -> Any:
        self._answer()
        return self.value

    @Value.setter
    def Value(self, value: Any) -> None:
        self._answer()
        self.value = value

    def Put(self, *arguments: object, **named: object) -> "Cell":
        self._answer()
        self.arguments += [*arguments, *named.values()]
        return self

    def _answer(self) -> None:
        self.calls += 1
        if self.calls <= self.rejections:
            raise ComError(self.error)


def patience(attempts: int = 3) -> tuple[Patience, list[float]]:
    slept: list[float] = []
    return Patience(attempts, 0.25, slept.append), slept


def test_rejected_call__is_repeated_after_a_pause() -> None:
    calm, slept = patience()
    cell = Cell(rejections=2)
    held = steady(cell, calm)
    held.Value = 5
    assert (cell.value, held.Value) == (5, 5)
    assert slept == [0.25, 0.25]


def test_rejected_call__has_an_end() -> None:
    calm, slept = patience()
    cell = Cell(rejections=99)
    with pytest.raises(ExcelBusyError, match="正忙"):
        steady(cell, calm).Put(1)
    assert cell.calls == 3
    assert slept == [0.25, 0.25]


def test_other_error__is_not_repeated() -> None:
    calm, slept = patience()
    cell = Cell(rejections=99, error=-2146827284)
    with pytest.raises(ComError):
        steady(cell, calm).Put(1)
    assert (cell.calls, slept) == (1, [])


def test_result__is_steady_too_and_arguments_are_bare() -> None:
    calm, _ = patience()
    cell, other = Cell(), Cell()
    made = steady(cell, calm).Put(steady(other, calm), named=steady(other, calm))
    cell.rejections = cell.calls + 1
    made.Put(7)
    assert cell.arguments == [other, other, 7]


@pytest.mark.parametrize(
    ("error", "rejects"),
    [
        (ComError(REJECTED), True),
        (ComError(-2147417846), True),
        (ComError(-2147352567, -2146777998), True),  # while a cell is edited
        (ComError(-2147352567, -2146827284), False),
        (ValueError("no"), False),
    ],
)
def test_rejection__is_told_by_its_number(error: Exception, rejects: bool) -> None:
    assert is_rejection(error) is rejects
