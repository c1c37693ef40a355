import atexit
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from perfxl.addin.live.attach import NO_EXCEL, attach, attach_to_caller, has_caller
from perfxl.addin.live.errors import ExcelBusyError, LiveError
from perfxl.addin.live.steady import Patience

NAME = r"D:\绩效\自评表.xlsx"
CALM = Patience(attempts=2, sleep=lambda _seconds: None)


def app(window: int, *names: str) -> Any:
    """A program with books open."""
    made = SimpleNamespace(hwnd=window, api=SimpleNamespace(Hwnd=window), books=[])
    made.books = [SimpleNamespace(app=made, api=SimpleNamespace(FullName=name)) for name in names]
    return made


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A library that sees what programs a test gives it."""
    made = SimpleNamespace(engines=SimpleNamespace(active="excel"), apps=[], Book=object())
    monkeypatch.setitem(sys.modules, "xlwings", made)
    return made


def test_book__is_found_by_its_full_name(library: Any) -> None:
    library.apps = [app(1, r"D:\绩效\别的.xlsx", NAME)]
    assert attach(r"d:\绩效\自评表.XLSX", 1, CALM).workbook.FullName == NAME


def test_book_in_two_programs__is_that_of_the_window(library: Any) -> None:
    library.apps = [app(1, NAME), app(2, NAME)]
    assert attach(NAME, 2, CALM).application.Hwnd == 2


def test_book_in_two_programs__is_not_guessed(library: Any) -> None:
    library.apps = [app(1, NAME), app(2, NAME)]
    with pytest.raises(LiveError, match=r"有2个 Excel 都开着“自评表\.xlsx”"):
        attach(NAME, 9, CALM)


def test_window_that_changed__leaves_the_full_name_to_decide(library: Any) -> None:
    library.apps = [app(1, NAME), app(2)]
    assert attach(NAME, 9, CALM).application.Hwnd == 1


def test_same_name_in_another_folder__is_another_book(library: Any) -> None:
    library.apps = [app(1, r"D:\旧\自评表.xlsx")]
    with pytest.raises(LiveError, match=r"没有找到打开着的“自评表\.xlsx”"):
        attach(NAME, 1, CALM)


def test_book_never_saved__is_found_by_its_bare_name(library: Any) -> None:
    library.apps = [app(1, "工作簿1")]
    assert attach("工作簿1", 1, CALM).workbook.FullName == "工作簿1"


@pytest.mark.parametrize(
    ("asked", "open_"),
    [
        (r"https:\sp.example\绩效\自评表.xlsx", "https://sp.example/绩效/自评表.xlsx"),
        (r"\\server\绩效\自评表.xlsx", r"\\server\绩效\自评表.xlsx"),
    ],
)
def test_book_on_a_server__is_found(asked: str, open_: str, library: Any) -> None:
    library.apps = [app(1, open_)]
    assert attach(asked, 1, CALM).workbook.FullName == open_


def test_dying_program__is_passed_over(library: Any) -> None:
    library.apps = [SimpleNamespace(), app(2, NAME)]
    assert attach(NAME, 1, CALM).application.Hwnd == 2


class Busy:
    @property
    def hwnd(self) -> int:
        raise _rejected()


def test_busy_program__is_said_to_be_busy(library: Any) -> None:
    library.apps = [Busy()]
    with pytest.raises(ExcelBusyError):
        attach(NAME, 1, CALM)


def test_busy_program__is_no_obstacle_where_the_window_is_another_ones(library: Any) -> None:
    library.apps = [Busy(), app(1, NAME), Busy()]
    assert attach(NAME, 1, CALM).application.Hwnd == 1
    with pytest.raises(ExcelBusyError):  # it may be the one whose window this is
        attach(NAME, 9, CALM)


def test_no_program__is_said(library: Any) -> None:
    library.engines.active = None
    with pytest.raises(LiveError, match=NO_EXCEL[:12]):
        attach(NAME, 1, CALM)


def test_library__is_kept_from_ending_programs_and_from_repeating_for_ever(
    library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cleanup() -> None:
        raise AssertionError("never to be called")

    windows = SimpleNamespace(cleanup=cleanup, N_COM_ATTEMPTS=0)
    dropped: list[object] = []
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", windows)
    monkeypatch.setattr(atexit, "unregister", dropped.append)
    library.apps = [app(1, NAME)]
    attach(NAME, 1, CALM)
    assert dropped == [cleanup]
    assert windows.N_COM_ATTEMPTS == 1


@pytest.mark.parametrize(
    ("arguments", "has"), [(["perfxl", "--hwnd", "1"], False), (["-c", "--from_xl=1"], True)]
)
def test_caller__is_there_only_under_its_macro(
    arguments: list[str], has: bool, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", arguments)
    assert has_caller() is has
    if not has:
        with pytest.raises(LiveError):
            attach_to_caller(CALM)


def _rejected() -> Exception:
    error = RuntimeError("rejected")
    error.hresult = -2147418111  # type: ignore[attr-defined]
    return error
