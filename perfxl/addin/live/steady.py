"""Calls that Excel rejects while it is busy are repeated, and the repeating has an end.

The library itself repeats a rejected call forever, without a pause; `perfxl.addin.live.attach`
turns that off, so that a rejected call comes here.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from perfxl.addin.live.errors import ExcelBusyError

# What Excel answers while it is busy, as numbers of COM: call rejected, retry later, and "not now"
# while a cell is edited, which comes inside a general error.
_REJECTED = frozenset({-2147418111, -2147417846, -2146777998})
_PLAIN = (str, bytes, int, float, bool, tuple, list, type(None))


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a rejected call is tried, and the seconds between two tries."""

    attempts: int = 80
    pause: float = 0.25
    sleep: Callable[[float], None] = time.sleep

    def call(self, function: Callable[[], Any]) -> Any:
        """What the function gives.

        Raises:
            ExcelBusyError: rejected to the end.
        """
        for left in reversed(range(self.attempts)):
            try:
                return function()
            except Exception as error:
                if not is_rejection(error):
                    raise
                if left:
                    self.sleep(self.pause)
        raise ExcelBusyError


class Steady:
    """A COM object whose properties, methods and results are all called with patience."""

    __slots__ = ("_inner", "_patience")

    def __init__(self, inner: Any, patience: Patience) -> None:
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_patience", patience)

    def __getattr__(self, name: str) -> Any:
        return self._wrapped(self._patience.call(lambda: getattr(self._inner, name)))

    def __setattr__(self, name: str, value: Any) -> None:
        self._patience.call(lambda: setattr(self._inner, name, _bare(value)))

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the object, a method of another."""
        bare = [_bare(argument) for argument in arguments]
        bare_named = {name: _bare(value) for name, value in named.items()}
        return self._wrapped(self._patience.call(lambda: self._inner(*bare, **bare_named)))

    def _wrapped(self, value: Any) -> Any:
        return value if isinstance(value, _PLAIN) else Steady(value, self._patience)


def steady(com_object: Any, patience: Patience | None = None) -> Any:
    """The object, called with patience from now on."""
    return Steady(com_object, patience or Patience())


def is_rejection(error: Exception) -> bool:
    """Whether an error says that Excel is busy, rather than that something is wrong."""
    codes = [getattr(error, "hresult", None)]
    details = getattr(error, "excepinfo", None)
    if isinstance(details, tuple) and details:
        codes.append(details[-1])
    return any(code in _REJECTED for code in codes) or type(error).__name__ == "ExcelBusyError"


def _bare(value: Any) -> Any:
    return object.__getattribute__(value, "_inner") if isinstance(value, Steady) else value
