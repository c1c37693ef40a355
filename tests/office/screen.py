"""A virtual screen for programs with windows: a real mouse, and what is shown as pictures."""

import os
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

_STOP_SECONDS = 10
_PACKAGES = {"Xvfb": "xvfb", "xdotool": "xdotool"}
_HEADER = struct.Struct(">25I")  # of an X window dump
_COLOUR_ENTRY = 12  # bytes
_DEPTH = 4  # bytes a pixel: blue, green, red and a spare one


class Box(NamedTuple):
    """A part of the screen in pixels, counted from its upper left corner."""

    left: int
    top: int
    width: int
    height: int


class Screen:
    """An X server of its own on a free display; end it with `close` or use it with `with`."""

    def __init__(self, width: int = 1600, height: int = 1200) -> None:
        for name, package in _PACKAGES.items():
            assert shutil.which(name), f"{name} is missing: apt-get install {package}"
        self._folder = Path(tempfile.mkdtemp(prefix="screen-"))
        reads, writes = os.pipe()
        self._process = subprocess.Popen(
            [
                "Xvfb",
                *("-displayfd", str(writes)),  # it finds a free display and tells which
                *("-screen", "0", f"{width}x{height}x24"),
                *("-dpi", "96"),
                *("-fbdir", str(self._folder)),  # what is shown lies there in a file
                *("-nolisten", "tcp"),
                "-noreset",
            ],
            pass_fds=(writes,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writes)
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        if not number:
            self.close()
            raise AssertionError("Xvfb did not start")
        self.display = f":{number}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the server; what is still shown on it ends too."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def click(self, box: Box) -> None:
        """Press the left button of the mouse on the middle of a box."""
        self.point(box)
        self._mouse("mousedown", "1")
        time.sleep(0.1)  # as a finger does it
        self._mouse("mouseup", "1")

    def point(self, box: Box) -> None:
        """Move the mouse to the middle of a box."""
        x, y = box.left + box.width // 2, box.top + box.height // 2
        # By way of the place beside it: a pointer that does not move is not noticed.
        self._mouse("mousemove", str(x - 1), str(y))
        self._mouse("mousemove", str(x), str(y))

    def colour(self, box: Box) -> int:
        """The colour that most of a box is shown in, as 0xRRGGBB."""
        ((colour, _),) = Counter(
            row[at : at + 3] for row in self._rows(box) for at in range(0, len(row), 3)
        ).most_common(1)
        return int.from_bytes(colour)

    def picture(self, box: Box, target: Path) -> None:
        """Write what a part of the screen shows as PNG."""
        size = struct.pack(">IIBBBBB", box.width, box.height, 8, 2, 0, 0, 0)
        pixels = b"".join(b"\0" + row for row in self._rows(box))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", size)
            + _chunk(b"IDAT", zlib.compress(pixels, 9))
            + _chunk(b"IEND", b"")
        )

    def _rows(self, box: Box) -> list[bytes]:
        """What is shown there, line by line: red, green and blue of each pixel."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        head = _HEADER.unpack_from(data)
        start, line = head[0] + _COLOUR_ENTRY * head[19], head[12]
        assert head[11] == 8 * _DEPTH
        assert 0 <= box.left <= box.left + box.width <= head[4], f"{box} is not on the screen"
        assert 0 <= box.top <= box.top + box.height <= head[5], f"{box} is not on the screen"
        rows = []
        for y in range(box.top, box.top + box.height):
            at = start + y * line + box.left * _DEPTH
            stored = data[at : at + box.width * _DEPTH]
            row = bytearray(3 * box.width)
            for channel in range(3):
                row[channel::3] = stored[2 - channel :: _DEPTH]
            rows.append(bytes(row))
        return rows

    def _mouse(self, *words: str) -> None:
        shown = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xdotool", *words], env=shown, check=True, timeout=30)


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
