"""LibreOffice's windows on a screen: where things are shown, and the mouse on them."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.office.screen import Box, Screen

# com.sun.star.accessibility.AccessibleRole
_ALERT, _PUSH_BUTTON, _TABLE = 1, 44, 63
_TRIES = 3
_REACTION_SECONDS = 10.0
_DEEP = 6
_MANY = 30  # children that are looked at; a sheet has a thousand million


def click_until(screen: Screen, place: Callable[[], Box], reacted: Callable[[], object]) -> None:
    """Click until something happens, several times: a click may come before the window is ready."""
    for _ in range(_TRIES):
        screen.click(settled(place))
        if until(_REACTION_SECONDS, reacted):
            return
    raise AssertionError(f"nothing happened after {_TRIES} clicks on {place()}")


def settled(place: Callable[[], Box]) -> Box:
    """Where a thing is once it no longer moves: windows are laid out some time after opening."""
    seen = [place()]

    def rests() -> bool:
        seen.append(place())
        return seen[-1] == seen[-2] and seen[-1].width > 0

    assert until(20, rests, pause=0.3), f"still moving or not shown: {seen[-1]}"
    return seen[-1]


def until(seconds: float, true: Callable[[], object], pause: float = 0.1) -> bool:
    """Wait for something with an end; whether it came."""
    end = time.monotonic() + seconds
    while True:
        if true():
            return True
        if time.monotonic() > end:
            return False
        time.sleep(pause)


def box_of(context: Any) -> Box:
    """Where an accessible thing is on the screen."""
    at, size = context.getLocationOnScreen(), context.getSize()
    return Box(at.X, at.Y, size.Width, size.Height)


def cell_box(document: Any, row: int, column: int) -> Box:
    """Where a cell of the active sheet is on the screen; counted from 1."""
    frame = document.getCurrentController().getFrame()
    table = next(
        one
        for one in _inside(frame.getComponentWindow().getAccessibleContext())
        if hasattr(one, "getAccessibleCellAt")
    )
    return box_of(table.getAccessibleCellAt(row - 1, column - 1).getAccessibleContext())


def message_button(document: Any) -> Any | None:
    """The button of the message box that is shown, `None` when there is none."""
    toolkit = document.getCurrentController().getFrame().getContainerWindow().getToolkit()
    for index in range(toolkit.getTopWindowCount()):
        context = toolkit.getTopWindow(index).getAccessibleContext()
        if context.getAccessibleRole() == _ALERT:
            buttons = (one for one in _inside(context) if one.getAccessibleRole() == _PUSH_BUTTON)
            return next(buttons, None)
    return None


def _inside(context: Any, depth: int = 0) -> Iterator[Any]:
    yield context
    if depth < _DEEP and not hasattr(context, "getAccessibleCellAt"):
        for index in range(min(context.getAccessibleChildCount(), _MANY)):
            child = context.getAccessibleChild(index)
            if child is not None:
                yield from _inside(child.getAccessibleContext(), depth + 1)
