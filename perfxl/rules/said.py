"""Which texts of a return are the unit's own words, and which stand apart from the scored rows."""

from collections.abc import Iterator

from perfxl.model.address import Place, from_a1
from perfxl.model.form import Return, Text


def own_words(returned: Return) -> Iterator[Text]:
    """Texts with figures, without what the form itself prints: 指标解释 and 评分标准."""
    printed = _printed(returned)
    yield from (text for text in returned.texts if text.place not in printed)


def beside_the_scores(returned: Return) -> Iterator[Text]:
    """Texts with figures in no row of a score table: head blocks, summaries, notes."""
    tables = [(form.sheet, form.area) for form in returned.forms]
    for text in returned.texts:
        row, _ = from_a1(text.place.cell)
        inside = any(
            sheet == text.place.sheet and area.top <= row <= area.bottom for sheet, area in tables
        )
        if not inside:
            yield text


def _printed(returned: Return) -> set[Place]:
    return {
        field.place
        for form in returned.forms
        for leaf in form.leaves()
        for field in (leaf.description, leaf.scoring_criteria)
        if field is not None
    }
