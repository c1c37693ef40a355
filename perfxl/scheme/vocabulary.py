"""The words of the forms: which heading plays which role, whatever its spelling.

The words themselves are data (`vocabulary.toml`); a scheme's layout may add its own.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from perfxl.errors import SchemeError
from perfxl.model.form import AdjustmentKind
from perfxl.model.grade import Grade

# What a budget block tells apart, as model.form.BudgetBlock spells it.
BUDGET_PARTS = ("total", "basic", "project", "special", "other", "own", "passed_down")
LABELS = (
    "total", "grand_total", "subtotal", "bonus", "deduction", "either", "grade", "unit", "year",
    "footer", "unfinished",
    *(f"budget_{part}" for part in BUDGET_PARTS),
)  # fmt: skip

_WORDS = Path(__file__).with_name("vocabulary.toml")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_REMARK = re.compile(r"\([^()]*\)\Z")
_LABEL = "_label"
# What may stand before a label: 一、 (二) 3. ; and behind it: 加分项:获奖.
_NUMBERING = re.compile(r"[(]?[\d一二三四五六七八九十]{1,2}[).、.]+")
_LONGEST = 60  # a longer text is prose and never a heading; most cells stop here


def fold(text: str) -> str:
    """The text as it is compared: NFKC (full-width → half-width), all whitespace removed."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded if folded.isascii() else folded.translate(_ZERO_WIDTH)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words with their meaning; ask by the text of a cell, as it stands there.

    A text is tried as it is (without a closing colon), then without trailing remarks in
    parentheses such as （万元）.
    """

    roles: Mapping[str, str]
    labels: Mapping[str, frozenset[str]]
    grades: Mapping[str, Grade]
    parents: Mapping[str, str]

    def role_of(self, text: str) -> str | None:
        """The role of a column heading; of 得分/自评分 the role of the first known part."""
        for form in _spellings(text):
            role = self.roles.get(form)
            if role is None and "/" in form:
                role = next((self.roles[p] for p in form.split("/") if p in self.roles), None)
            if role is not None:
                return role
        return None

    def is_total(self, text: str) -> bool:
        """Whether the text labels the row of the total (总分, 合计, 综合评分 …)."""
        return self.is_grand_total(text) or self._is_label("total", text)

    def is_grand_total(self, text: str) -> bool:
        """Whether the text labels a form's total wherever it stands (自评总分; no mere 合计)."""
        return self._is_label("grand_total", text)

    def adjustment_of(self, text: str) -> AdjustmentKind | None:
        """What a row or group so named does to the total: 加分项（5分）, 二、扣分项."""
        for form in _spellings(text):
            bare = _NUMBERING.sub("", form, count=1) if _NUMBERING.match(form) else form
            for kind in AdjustmentKind:
                words = self.labels[kind.value]
                if bare in words or bare.partition(":")[0] in words:
                    return kind
        return None

    def parent_of(self, name: str) -> str | None:
        """The first-level indicator under which a second-level one of that name belongs."""
        return next((self.parents[form] for form in _spellings(name) if form in self.parents), None)

    def is_parent(self, name: str) -> bool:
        """Whether the text is a first-level indicator of which it is known what stands under it."""
        return any(form in self.parents.values() for form in _spellings(name))

    def is_subtotal(self, text: str) -> bool:
        """Whether the text labels a 小计: the word alone, or behind a name (投入小计)."""
        if self._is_label("subtotal", text):
            return True
        forms = list(_spellings(text))
        return any(form.endswith(word) for form in forms for word in self.labels["subtotal"])

    def is_footer(self, text: str) -> bool:
        """Whether the text opens the notes or signatures below a table (填报人, 附注 …)."""
        return self._is_label("footer", text)

    def is_grade_label(self, text: str) -> bool:
        """Whether the text labels the grade (评价等级 …)."""
        return self._is_label("grade", text)

    def is_unit_label(self, text: str) -> bool:
        """Whether the text labels the name of the unit; its value is not part of the text."""
        return self._is_label("unit", text)

    def is_year_label(self, text: str) -> bool:
        """Whether the text labels the year (预算年度 …)."""
        return self._is_label("year", text)

    def is_unfinished_label(self, text: str) -> bool:
        """Whether the text labels why yearly goals were not reached (未能完成原因)."""
        return self._is_label("unfinished", text)

    def budget_part_of(self, text: str) -> str | None:
        """Which amount of a budget block the text heads, as `BudgetBlock` spells it."""
        forms = _spellings(text)
        parts = BUDGET_PARTS if forms else ()
        return next((p for p in parts if not self.labels[f"budget_{p}"].isdisjoint(forms)), None)

    def grade_of(self, word: str) -> Grade | None:
        """The grade that a word means: 优秀 → 优, 不合格 → 差."""
        return next((self.grades[form] for form in _spellings(word) if form in self.grades), None)

    def with_aliases(self, aliases: Mapping[str, Iterable[str]]) -> "Vocabulary":
        """This vocabulary and further words; a key is a role or a label such as `total_label`.

        Raises:
            SchemeError: a key that is neither.
        """
        try:
            self.check_keys(aliases)
        except ValueError as error:
            raise SchemeError(f"表头别名：{error}") from None
        roles, labels = dict(self.roles), dict(self.labels)
        for key, words in aliases.items():
            folded = [fold(word) for word in words]
            if key.endswith(_LABEL):
                label = key.removesuffix(_LABEL)
                labels[label] = labels[label] | frozenset(folded)
            else:
                roles.update(dict.fromkeys(folded, key))
        return replace(self, roles=roles, labels=labels)

    def check_keys(self, keys: Iterable[str]) -> None:
        """Raise a ValueError with a Chinese text if a key of aliases is neither role nor label."""
        known = self.role_names() | {label + _LABEL for label in self.labels}
        if unknown := sorted(set(keys) - known):
            raise ValueError(f"不认识“{unknown[0]}”；可用的有：{'、'.join(sorted(known))}")

    def role_names(self) -> frozenset[str]:
        """All roles that a heading can have."""
        return frozenset(self.roles.values())

    def _is_label(self, label: str, text: str) -> bool:
        return not self.labels[label].isdisjoint(_spellings(text))


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary common to all schemes."""
    return _built(tomllib.loads(_WORDS.read_text(encoding="utf-8")))


def _built(words: dict[str, Any]) -> Vocabulary:
    return Vocabulary(
        roles={fold(word): role for role, texts in words["roles"].items() for word in texts},
        labels={label: frozenset(map(fold, words["labels"][label])) for label in LABELS},
        grades={fold(w): Grade(grade) for grade, texts in words["grades"].items() for w in texts},
        parents={fold(w): parent for parent, texts in words["parents"].items() for w in texts},
    )


@lru_cache(maxsize=4096)  # the same few headings are asked for by every role and label
def _spellings(text: str) -> tuple[str, ...]:
    """The folded text, then the same without each trailing remark in parentheses."""
    if not text or len(text) > _LONGEST:
        return ()
    forms = [fold(text).rstrip(":")]
    while (shorter := _REMARK.sub("", forms[-1])) != forms[-1]:
        forms.append(shorter.rstrip(":"))
    return tuple(forms)
