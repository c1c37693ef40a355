from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.forms.mutate import Draft

Built = Callable[[Draft], Workbook]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Build a draft and let an independent library read it, formulas as text."""

    def build(draft: Draft) -> Workbook:
        return load_workbook(draft.build(tmp_path / "form.xlsx"))

    return build
