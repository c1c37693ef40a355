"""Nothing that is kept in the repository names a place on somebody's own machine."""

import re

from tests.architecture.repo import ROOT, own_files

MACHINE_PATH = re.compile(
    r"""(?<![\w.~/}])/(?:work|root)/\w
      | (?<![\w.~/}])/(?:home|Users)/[a-z]\w*/
      | (?<![\w.~/}])/tmp/\w
      | \b[A-Z]:\\Users\\\w""",
    re.VERBOSE,
)


def test_pattern__knows_a_machine_path() -> None:
    slash = "/"
    assert MACHINE_PATH.search(f"cd {slash}home/anna/perfxl")
    assert MACHINE_PATH.search(f'open("{slash}tmp/a.xlsx")')
    assert not MACHINE_PATH.search("xl/worksheets/sheet1.xml in docs/work/notes.md")


def test_files__name_no_machine_path() -> None:
    found = []
    for path in own_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(text.splitlines(), 1)
            if MACHINE_PATH.search(line)
        ]
    assert found == []
