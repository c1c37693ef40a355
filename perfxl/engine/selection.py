"""Which rules run: by code, by prefix of a code, or by slug."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from perfxl.errors import UsageError
from perfxl.rules.base import Rule
from perfxl.rules.registry import all_rules


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that are selected (all, when nothing is named) and not ignored, by code.

    Raises:
        UsageError: a name that is no code, prefix of a code, or slug.
    """
    rules = all_rules()
    chosen = _named(select, rules) if select else {rule.code for rule in rules}
    chosen -= _named(ignore, rules)
    return tuple(rule for rule in rules if rule.code in chosen)


def _named(names: Iterable[str], rules: Sequence[Rule]) -> set[str]:
    codes: set[str] = set()
    for name in names:
        wanted = name.strip()
        found = {
            rule.code
            for rule in rules
            if wanted and (rule.code.startswith(wanted.upper()) or rule.slug == wanted.casefold())
        }
        if not found:
            raise UsageError(_unknown(wanted, rules))
        codes |= found
    return codes


def _unknown(name: str, rules: Sequence[Rule]) -> str:
    known = [rule.code for rule in rules] + [rule.slug for rule in rules]
    close = get_close_matches(name.upper(), known, 1, 0.5) or get_close_matches(
        name.casefold(), known, 1, 0.5
    )
    families = "、".join(sorted({rule.family for rule in rules}))
    hint = f"是不是“{close[0]}”？" if close else f"可用的类别有：{families}。"
    return f"没有编号、前缀或名称为“{name}”的规则。{hint}"
