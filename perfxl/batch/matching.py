"""Whose return a file is: by its stamp, by the unit that the form names, by its path."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from perfxl.batch.model import Issued, Unit, UnitState
from perfxl.scheme.stamp import Stamp

_ALIKE = 0.6  # resemblance from which a name may be meant for another
_SPACES = re.compile(r"[\s_·\-－—]+")
_CODE_EDGE = "0-9A-Za-z"
_MIN_NAME = 3  # letters below which a name inside a path says nothing


@dataclass(frozen=True, slots=True)
class Clues:
    """What a file says of whose it is.

    `steps` are the names on its way from the folder that was named, zips among them, the file's
    own last.
    """

    stamp: Stamp | None
    unit: str  # as the form names it
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Whose it is; `code` and `how` are "" where a person must say, and `remark` why.

    `is_other_unit`: the form names another unit than the one that the copy was made for. `likely`
    are the codes of units that it may be of.
    """

    code: str
    how: str
    remark: str = ""
    is_other_unit: bool = False
    likely: tuple[str, ...] = ()


class Directory:
    """The units of a round, found by code, name and former name."""

    def __init__(self, units: Sequence[Unit], issued: Iterable[Issued] = ()) -> None:
        """Take the units of the round, and what was sent to them."""
        self.units: Mapping[str, Unit] = {unit.code: unit for unit in units}
        self._issues = {one.issue_id: one for one in issued if one.issue_id}
        self._names: dict[str, set[str]] = {}  # folded name → codes
        for unit in units:
            for name in (unit.name, *unit.aliases):
                self._names.setdefault(folded(name), set()).add(unit.code)
                if unit.district and not name.startswith(unit.district):
                    self._names.setdefault(folded(unit.district + name), set()).add(unit.code)
        self._lengths = sorted({len(name) for name in self._names if len(name) >= _MIN_NAME})

    def match(self, clues: Clues) -> Match:
        """Whose a file is; certain or not at all."""
        by_stamp = self._of_stamp(clues.stamp)
        if by_stamp:
            return self._held_against_form(by_stamp, clues)
        codes = self.named(clues.unit)
        near = self._narrowed(codes, clues.steps)
        if len(near) == 1:
            code = next(iter(near))
            return Match(code, "unit", self._path_says_otherwise(code, clues.steps))
        if codes:
            remark = f"表上写“{clues.unit}”，名册里有{len(codes)}家同名，请人工指定"
            return Match("", "", remark, likely=tuple(sorted(codes)))
        return self._of_path(clues)

    def named(self, name: str) -> set[str]:
        """The codes of the units of that code or name; none for a blank."""
        wanted = name.strip()
        if not wanted:
            return set()
        return {wanted} if wanted in self.units else set(self._names.get(folded(wanted), ()))

    def in_path(self, steps: Sequence[str]) -> str:
        """The unit that a path names, the file's own name first; "" for none or several."""
        for step in reversed(steps):
            found = self._in_text(step)
            if len(found) > 1:
                found = self._narrowed(found, steps)
            if found:
                return next(iter(found)) if len(found) == 1 else ""
        return ""

    def goes_by(self, code: str) -> str:
        """The code of the unit that a renamed one goes by now; others are themselves."""
        seen = set()
        while code not in seen and (unit := self.units.get(code)):
            seen.add(code)
            if unit.state is not UnitState.RENAMED or unit.into not in self.units:
                break
            code = unit.into
        return code

    def _of_stamp(self, stamp: Stamp | None) -> str:
        if stamp is None:
            return ""
        issued = self._issues.get(stamp.issue)
        if issued and issued.code in self.units:
            return issued.code
        if stamp.code in self.units:
            return stamp.code
        found = self.named(stamp.unit)
        return next(iter(found)) if len(found) == 1 else ""

    def _held_against_form(self, code: str, clues: Clues) -> Match:
        unit = self.units[code]
        named = self.named(clues.unit)
        if not clues.unit.strip() or self.goes_by(code) in {self.goes_by(one) for one in named}:
            return Match(code, "stamp")
        if not named and self._likeness(clues.unit, unit) >= _ALIKE:
            return Match(code, "stamp", f"表上单位写成“{clues.unit}”")
        remark = f"这份表发给“{unit.name}”，表上写的是“{clues.unit}”"
        return Match(code, "stamp", remark, is_other_unit=True)

    def _of_path(self, clues: Clues) -> Match:
        code = self.in_path(clues.steps)
        stated = clues.unit.strip()
        if code and (not stated or self._likeness(stated, self.units[code]) >= _ALIKE):
            remark = f"表上单位写成“{stated}”，按文件名认作“{self.units[code].name}”"
            return Match(code, "path", remark if stated else "表上没有单位名称，按文件名认出")
        if code:
            name = self.units[code].name
            remark = f"表上写“{stated}”，文件名像“{name}”，两处不一致，请人工指定"
            return Match("", "", remark, likely=(code,))
        return self._suggestion(stated)

    def _suggestion(self, stated: str) -> Match:
        if not stated:
            return Match("", "", "表上和文件名都没有名册里的单位，请人工指定")
        ranked = sorted(
            ((self._likeness(stated, unit), unit.code) for unit in self.units.values()),
            key=lambda pair: (-pair[0], pair[1]),
        )
        if not ranked or ranked[0][0] < _ALIKE:
            return Match("", "", f"表上写“{stated}”，名册里没有这个单位，请人工指定")
        near = [self.units[code] for score, code in ranked[:3] if score >= ranked[0][0] - 0.05]
        names = "、".join(f"“{unit.name}”（{unit.code}）" for unit in near)
        remark = f"表上写“{stated}”，名册里没有；是不是{names}？请人工指定"
        return Match("", "", remark, likely=tuple(unit.code for unit in near))

    def _path_says_otherwise(self, code: str, steps: Sequence[str]) -> str:
        other = self.in_path(steps[-1:])
        if not other or self.goes_by(other) == self.goes_by(code):
            return ""
        return f"文件名像“{self.units[other].name}”的，按表上写的“{self.units[code].name}”"

    def _narrowed(self, codes: set[str], steps: Sequence[str]) -> set[str]:
        """Of units of one name, that of the district on the path, if it names one."""
        if len(codes) < 2:
            return codes
        way = folded("/".join(steps))
        near = {c for c in codes if (d := self.units[c].district) and folded(d) in way}
        return near or codes

    def _in_text(self, text: str) -> set[str]:
        """The units that a text names: by code, else by the longest name in it."""
        plain = unicodedata.normalize("NFKC", text)
        by_code = {
            code
            for code in re.findall(rf"(?<![{_CODE_EDGE}])[{_CODE_EDGE}]+(?![{_CODE_EDGE}])", plain)
            if code in self.units and len(code) > 1
        }
        if by_code:
            return by_code
        whole = folded(text)
        present = {
            part
            for length in self._lengths
            for start in range(len(whole) - length + 1)
            if (part := whole[start : start + length]) in self._names
        }
        longest = [n for n in present if not any(n != other and n in other for other in present)]
        return {code for name in longest for code in self._names[name]}

    def _likeness(self, stated: str, unit: Unit) -> float:
        told = folded(stated)
        names = (unit.name, *unit.aliases, unit.district + unit.name)
        return max(difflib.SequenceMatcher(None, told, folded(n)).ratio() for n in names)


def folded(name: str) -> str:
    """A name as it is compared: width, case, spaces, dashes and kinds of brackets aside."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", name)).casefold()
