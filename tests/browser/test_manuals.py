"""The manuals in a real browser: on paper, three pages each at most, the checklist one."""

from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from workbook.bundle.manual import LONGEST, MANUALS, manual_page


@pytest.mark.parametrize("name", MANUALS)
def test_manual__is_printed_on_few_pages(name: str, tmp_path: Path) -> None:
    assert 1 <= len(Chromium(tmp_path).printed(manual_page(name))) <= LONGEST.get(name, 3)
