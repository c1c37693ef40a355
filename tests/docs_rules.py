"""Writes docs/rules from the catalogue: python -m tests.docs_rules."""

from pathlib import Path

from perfxl.render.rule_page import index_markdown, page_markdown, page_name
from perfxl.rules.registry import catalogue

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"


def pages() -> dict[str, str]:
    """The text of every page by its file's name."""
    rules = catalogue()
    return {"README.md": index_markdown(rules)} | {page_name(r): page_markdown(r) for r in rules}


def write() -> None:
    """Write every page and remove those of rules that are gone."""
    FOLDER.mkdir(exist_ok=True)
    texts = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
