"""Which rules run: by code, by prefix of a code, or by slug."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from perfxl.errors import UsageError
from perfxl.rules.base import Rule
from perfxl.rules.registry import all_rules


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that are selected and not ignored, by code.

    When nothing is named, all but those on trial (status preview): these run only where `select`
    names them, by code, prefix or slug.

    Raises:
        UsageError: a name that is no code, prefix of a code, or slug.
    """
    rules = all_rules()
    chosen = _named(select, rules) if select else set(_default(rules))
    chosen -= _named(ignore, rules)
    return tuple(rule for rule in rules if rule.code in chosen)


def default_rules() -> tuple[Rule, ...]:
    """The rules that run where nothing is selected: all but those on trial."""
    codes = set(_default(all_rules()))
    return tuple(rule for rule in all_rules() if rule.code in codes)


def _default(rules: Iterable[Rule]) -> list[str]:
    return [rule.code for rule in rules if rule.status != "preview"]


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
