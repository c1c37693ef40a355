"""The manuals as pages that a double click opens: one file each, its pictures inside.

Printed on A4, each takes three pages at most, the checklist one.
"""

import base64
import re
from pathlib import Path
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt

from workbook.bundle.contents import ROOT

MANUALS = ("填报手册", "审核手册", "收发手册", "安装", "实机检查清单")
LONGEST = {"实机检查清单": 1}  # pages
DOCS = ROOT / "docs"
_PICTURE = re.compile(r'src="(images/[\w-]+\.png)"')
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_PAGES = {f"{name}.md": f"{name}.html" for name in MANUALS}
_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.7 "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  color: #222; max-width: 50em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.2em; border-bottom: 1px solid #bbb; }
h1, h2, h3 { line-height: 1.3; break-after: avoid; }
table { border-collapse: collapse; }
th, td { border: 1px solid #999; padding: .15em .5em; text-align: left; vertical-align: top; }
th { white-space: nowrap; }
tr, img { break-inside: avoid; }
code, pre { font-family: Consolas, "Noto Sans Mono CJK SC", monospace; font-size: .92em; }
code { background: #f2f2f2; padding: 0 .2em; overflow-wrap: anywhere; }
pre { background: #f2f2f2; padding: .5em; white-space: pre-wrap; } pre code { padding: 0; }
img { display: block; max-width: 100%%; border: 1px solid #ccc; }
@page { size: A4; margin: 1.2cm 1.5cm; }
@media print {
  body { font-size: %spt; line-height: 1.35; max-width: none; padding: 0; }
  h1 { margin: 0 0 .3em; } h2 { margin: .7em 0 .3em; } h3 { margin: .5em 0 .2em; }
  p, ul, ol, table, pre { margin: .3em 0; }
  th, td { padding: .05em .4em; }
  img { max-height: %scm; max-width: 80%%; }
}
"""
_TALLEST = {"填报手册": 4.8}  # pictures on paper, in cm
_TALL = 10
_SMALLEST = {"实机检查清单": 8}  # letters on paper, in points
_SMALL = 9.5
_FULL_WIDTH = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f\u201c\u201d]"
_TURN = re.compile(rf"(?<={_FULL_WIDTH})\n(?={_FULL_WIDTH})")


def manual_page(name: str, docs: Path = DOCS) -> str:
    """A manual as a web page that needs no other file.

    Args:
        name: the manual's name, one of `MANUALS`.
        docs: the folder of the manuals and their pictures.
    """
    text = (docs / f"{name}.md").read_text(encoding="utf-8")
    body = MarkdownIt("commonmark").enable("table").render(_TURN.sub("", text))
    body = _PICTURE.sub(lambda found: f'src="{_inside(docs / found[1])}"', body)
    body = _LINK.sub(_linked, body)
    style = _STYLE % (_SMALLEST.get(name, _SMALL), _TALLEST.get(name, _TALL))
    head = f'<meta charset="utf-8">\n<title>{name}</title>\n<style>{style}</style>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n{head}\n<body>\n{body}</body>\n</html>\n'


def _linked(found: re.Match[str]) -> str:
    """A link to another manual of the package; of what is not in it, the words alone."""
    target, words = unquote(found[1]), found[2]
    if target in _PAGES:
        return f'<a href="{quote(_PAGES[target])}">{words}</a>'
    return words


def _inside(picture: Path) -> str:
    return "data:image/png;base64," + base64.b64encode(picture.read_bytes()).decode("ascii")
