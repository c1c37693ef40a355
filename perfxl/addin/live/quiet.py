"""Excel kept still while a book changes, and put back as it was, whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_MANUAL = -4135
_STILL: tuple[tuple[str, Any], ...] = (
    ("ScreenUpdating", False),
    ("EnableEvents", False),
    ("DisplayAlerts", False),
    ("Calculation", _MANUAL),
)


@contextmanager
def quiet(application: Any) -> Iterator[None]:
    """No redrawing, events, questions and recalculation inside; as before afterwards."""
    former: list[tuple[str, Any]] = []
    try:
        for name, value in _STILL:
            before = getattr(application, name)
            setattr(application, name, value)
            former.append((name, before))
        yield
    finally:
        for name, value in reversed(former):
            # One that fails must not keep the others from being put back.
            with suppress(Exception):
                setattr(application, name, value)
