"""The pictures of the READMEs and of the manual: python -m tests.office.pictures.

They show what LibreOffice prints of an annotated example, cut to what is on the page; those of the
manual are in `manual_pictures`.
"""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from perfxl.pipeline import Options, annotate_file
from perfxl.rules.registry import all_rules
from tests.office.session import Office

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates/shenzhen-2023/examples/2023年度某区应急管理局.xlsx"
# Which sheet each picture shows, counted from 1.
PICTURES = {"annotated.png": 2, "result-sheet.png": 3}
FOLDER = ROOT / "docs/images"
WIDTH = 1200
_MARGIN = 12  # pixels kept around what is on the page
_TRIAL = 60  # dots per inch at which the edges are looked for
_TALL = 60_000  # hundredths of a millimetre: room for a whole sheet on one page
# The usual Chinese fonts are not free; without a hint digits and letters come from another font.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {}
</fontconfig>
"""
_ALIAS = (
    '<match target="pattern"><test name="family"><string>{}</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>'
)
_REPLACED = {
    "宋体": "Noto Sans CJK SC",
    "黑体": "Noto Sans CJK SC",
    "仿宋": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
}


def draw(folder: Path = FOLDER) -> list[Path]:
    """Write the pictures; returns their paths."""
    with tempfile.TemporaryDirectory() as scratch:
        pdf = _printed(Path(scratch))
        drawn = []
        for name, page in PICTURES.items():
            cut_out(pdf, page, folder / name)
            drawn.append(folder / name)
        return drawn


def _printed(scratch: Path) -> Path:
    """The annotated example as a PDF with one page a sheet."""
    copy = scratch / EXAMPLE.name
    copy.write_bytes(EXAMPLE.read_bytes())
    marked = annotate_file(copy, Options(tuple(all_rules())))
    hint_fonts(scratch)
    pdf = scratch / "pages.pdf"
    with Office() as office:
        document = office.open(marked.written)
        one_page_a_sheet(document)
        office.save(document, pdf)
        document.close(True)
    return pdf


def hint_fonts(scratch: Path) -> None:
    """Let the office that starts next have the replacements; only this process is concerned."""
    aliases = "\n  ".join(_ALIAS.format(*pair) for pair in _REPLACED.items())
    settings = scratch / "fonts.conf"
    settings.write_text(_FONTS.format(aliases), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(settings)


def one_page_a_sheet(document: Any) -> None:
    styles = document.StyleFamilies.getByName("PageStyles")
    for style in (styles.getByIndex(index) for index in range(styles.Count)):
        style.FooterIsOn = style.HeaderIsOn = False
        style.Height = _TALL
        style.ScaleToPagesX = style.ScaleToPagesY = 1


def cut_out(pdf: Path, page: int, target: Path, width: int = WIDTH) -> None:
    """The part of a page that is not white, as wide as a picture is to be, in pixels."""
    left, top, right, bottom = _content(_render(pdf, page, _TRIAL, "-gray"))
    dots = round(_TRIAL * (width - 2 * _MARGIN) / (right - left))
    scale = dots / _TRIAL
    window = {
        "-x": left * scale - _MARGIN,
        "-y": top * scale - _MARGIN,
        "-W": (right - left) * scale + 2 * _MARGIN,
        "-H": (bottom - top) * scale + 2 * _MARGIN,
    }
    options = [text for name, size in window.items() for text in (name, str(round(size)))]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_render(pdf, page, dots, "-png", *options))


def _render(pdf: Path, page: int, dots: int, *options: str) -> bytes:
    command = ["pdftoppm", "-r", str(dots), "-f", str(page), "-singlefile", *options, str(pdf)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _content(image: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not white in a grey picture (PGM)."""
    _, size, _, pixels = image.split(b"\n", 3)
    width, height = (int(number) for number in size.split())
    white = b"\xff" * width
    rows = [pixels[row * width : (row + 1) * width] for row in range(height)]
    dark = [number for number, row in enumerate(rows) if row != white]
    left = min(width - len(rows[number].lstrip(b"\xff")) for number in dark)
    right = max(len(rows[number].rstrip(b"\xff")) for number in dark)
    return left, dark[0], right, dark[-1] + 1


if __name__ == "__main__":
    from tests.office import manual_pictures, notices, round_pictures, screen_pictures

    draw()
    manual_pictures.draw()
    notices.draw()
    round_pictures.draw()
    screen_pictures.draw()
