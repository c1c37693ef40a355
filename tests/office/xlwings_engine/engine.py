"""What xlwings sees: the engine, its programs and their books."""

import os
from collections.abc import Iterator
from typing import Any

import xlwings

from tests.office.xlwings_engine.application import Application
from tests.office.xlwings_engine.bridge import desktop_on, open_documents
from tests.office.xlwings_engine.workbook import Workbook

NAME = "libreoffice"
PIPE = "XLWINGS_ENGINE_PIPE"  # tells a process that is started which LibreOffice to speak to
WINDOW = 4711  # the handle by which the program's window is known


class Engine:
    """The engine; its programs are the LibreOffices that it was told of."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()


class Apps:
    """The programs that run."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def __iter__(self) -> "Iterator[App]":
        return iter(list(self.running))

    def __len__(self) -> int:
        return len(self.running)

    def keys(self) -> list[int]:
        """Their numbers."""
        return [app.pid for app in self.running]

    def __getitem__(self, pid: int) -> "App":
        return next(app for app in self.running if app.pid == pid)


class App:
    """One program; duck-typed, as xlwings asks no more of it than what it calls."""

    def __init__(self, desktop: Any, window: int) -> None:
        self.desktop = desktop
        self.hwnd = window
        self.pid = window
        self.api = Application(desktop, window)
        self.books = Books(self)


class Books:
    """The books that a program has open."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __iter__(self) -> "Iterator[Book]":
        return iter([Book(self.app, document) for document in open_documents(self.app.desktop)])

    def __len__(self) -> int:
        return len(open_documents(self.app.desktop))

    def __call__(self, key: int | str) -> "Book":
        books = list(self)
        if isinstance(key, int):
            return books[key - 1]
        return next(book for book in books if book.name.casefold() == key.casefold())


class Book:
    """One book."""

    def __init__(self, app: App, document: Any) -> None:
        self.app = app
        self.api = Workbook(app.api, document)
        self.name = self.api.Name
        self.fullname = self.api.FullName


_ENGINE = Engine()


def activate(desktop: Any, window: int = WINDOW) -> App:
    """Let xlwings see one LibreOffice, and no other program."""
    if NAME not in [engine.name for engine in xlwings.engines]:
        xlwings.engines.add(xlwings.main.Engine(impl=_ENGINE))
    engines: Any = xlwings.engines
    engines.active = next(one for one in engines if one.name == NAME)
    app = App(desktop, window)
    _ENGINE.apps.running = [app]
    return app


def activate_from_environment() -> App:
    """Let xlwings see the LibreOffice whose pipe the environment names."""
    return activate(desktop_on(os.environ[PIPE]))


def deactivate() -> None:
    """Let xlwings see nothing again."""
    _ENGINE.apps.running = []
    engines: Any = xlwings.engines
    engines.active = None
    if hasattr(xlwings.Book, "_mock_caller"):
        del xlwings.Book._mock_caller
