"""What a reason says: a shortfall, points of its own, or only where to look."""

import re
import unicodedata
from decimal import Decimal

from perfxl.model.number import plain

_NEGATED = re.compile("(?:不存在|未发现|未出现|未发生|没有|无)[^，。；,;]{0,12}")
_SHORTFALL = re.compile(
    "未完成|未达|未能|未按|未实现|超期|逾期|滞后|推迟|延期|扣\\d|扣分|存在[^，。；]{0,8}问题|发现[^，。；]{0,4}问题"
)
_EARNED = re.compile(r"(?<!满)得分?(\d+(?:\.\d+)?)分", re.ASCII)
_TAKEN = re.compile(r"扣(?:减|除|分)?(\d+(?:\.\d+)?)分", re.ASCII)
_FULL = re.compile("得满分|计满分|为满分|不扣分|未扣分|不予扣分")
_ELSEWHERE = re.compile("^(?:原因)?(?:详见|参见|请见|见|详情见)[^，。；]{1,14}[。]?$")


def tells_of_shortfall(reason: str) -> bool:
    """Whether a reason says that something was not done; what it denies does not count."""
    return bool(_SHORTFALL.search(_NEGATED.sub("", _flat(reason))))


def contradiction(reason: str, score: Decimal, lost: Decimal) -> str:
    """The points that a reason names and that are not the row's; "" when they fit or none are.

    One that fits, or a sum that does, is enough: a reason may count its parts.
    """
    text = _flat(reason)
    earned = [Decimal(number) for number in _EARNED.findall(text)]
    taken = [Decimal(number) for number in _TAKEN.findall(text)]
    if _fits(earned, score) or _fits(taken, lost):
        return ""
    said = [f"得{plain(number)}分" for number in earned]
    said += [f"扣{plain(number)}分" for number in taken]
    full = _FULL.search(text)
    return "、".join(said) or (full[0] if full else "")


def refers_elsewhere(reason: str) -> bool:
    """Whether a reason only points to another document: 详见附件."""
    return bool(_ELSEWHERE.search(_flat(reason)))


def _fits(numbers: list[Decimal], wanted: Decimal) -> bool:
    return bool(numbers) and (wanted in numbers or sum(numbers, Decimal(0)) == wanted)


def _flat(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "，")
