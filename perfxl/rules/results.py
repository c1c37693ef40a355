"""Targets and actual values as texts: quantities, words, copied signs, and which are explained."""

import re
import unicodedata
from collections.abc import Iterator

from perfxl.model.counting import DASHES, NOT_APPLICABLE
from perfxl.model.form import Return, Target
from perfxl.model.target import parse_target
from perfxl.rules.fields import is_blank_text

_SIGN = re.compile("[≥≧≤≦<>]|(?:及?以上|及?以内|及?以下)$|^(?:不低于|不少于|不超过|不高于|至少)")
_COUNT_WORDS = re.compile("[\\d零〇一二两三四五六七八九十百千万半]")
_LONGEST_WORD = 12  # a longer text describes what was done and may well hold the figure


def fold(text: str) -> str:
    """A text as it is compared: NFKC, without whitespace."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_quantity(text: str) -> bool:
    """Whether a text is one number, with or without a sign and a unit."""
    return parse_target(text) is not None


def is_word(text: str) -> bool:
    """Whether a text is a short word for a quality: 显著, 基本建立; not 不适用 and not a number."""
    folded = fold(text)
    if is_blank_text(folded) or folded in (*NOT_APPLICABLE, *DASHES):
        return False
    return len(folded) <= _LONGEST_WORD and not _COUNT_WORDS.search(folded)


def states_bound(text: str) -> bool:
    """Whether a text asks for at least or at most something, as only a target may."""
    return bool(_SIGN.search(fold(text))) and is_quantity(text)


def unexplained_results(returned: Return) -> Iterator[Target]:
    """Every result but those of indicators beside which a reason stands."""
    for table in returned.target_tables:
        yield from (target for target in table.targets if target.indicator is None)
    for form in returned.forms:
        for leaf in form.leaves():
            if leaf.target_value is None or leaf.actual_value is None:
                continue
            reason = leaf.shortfall_reason
            if reason is None or is_blank_text(reason.value):
                yield Target(leaf.path, leaf.target_value, leaf.actual_value)
