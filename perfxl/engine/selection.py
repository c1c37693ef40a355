"""Which rules run: by code, by prefix of a code, or by slug."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from perfxl.errors import UsageError
from perfxl.rules.base import Rule, RuleInfo
from perfxl.rules.registry import all_rules, catalogue, round_rules
from perfxl.rules.sighting import RoundRule

R = TypeVar("R", bound=RuleInfo)


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules over one return that are selected and not ignored, by code.

    When nothing is named, all but those on trial (status preview): these run only where `select`
    names them, by code, prefix or slug. Rules over a round may be named too; they are not among
    what is given back.

    Raises:
        UsageError: a name that is no code, prefix of a code, or slug.
    """
    return _selected(all_rules(), select, ignore)


def select_round_rules(
    select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[RoundRule, ...]:
    """The rules over a round that are selected and not ignored, as `select_rules` does."""
    return _selected(round_rules(), select, ignore)


def only_of_rounds(select: Sequence[str]) -> bool:
    """Whether names are given and each is that of rules over a round alone."""
    return bool(select) and not any(_matching(name, all_rules()) for name in select)


def default_rules() -> tuple[Rule, ...]:
    """The rules over one return that run where nothing is selected: all but those on trial."""
    codes = set(_default(all_rules()))
    return tuple(rule for rule in all_rules() if rule.code in codes)


def _selected(rules: tuple[R, ...], select: Sequence[str], ignore: Sequence[str]) -> tuple[R, ...]:
    chosen = _named(select, rules) if select else set(_default(rules))
    chosen -= _named(ignore, rules)
    return tuple(rule for rule in rules if rule.code in chosen)


def _default(rules: Iterable[RuleInfo]) -> list[str]:
    return [rule.code for rule in rules if rule.status != "preview"]


def _named(names: Iterable[str], rules: Sequence[RuleInfo]) -> set[str]:
    codes: set[str] = set()
    for name in names:
        found = _matching(name, rules)
        # The whole catalogue is loaded only for a name that the rules at hand do not know.
        if not found and not _matching(name, catalogue()):
            raise UsageError(_unknown(name.strip(), catalogue()))
        codes |= found
    return codes


def _matching(name: str, rules: Sequence[RuleInfo]) -> set[str]:
    wanted = name.strip()
    return {
        rule.code
        for rule in rules
        if wanted and (rule.code.startswith(wanted.upper()) or rule.slug == wanted.casefold())
    }


def _unknown(name: str, rules: Sequence[RuleInfo]) -> str:
    known = [rule.code for rule in rules] + [rule.slug for rule in rules]
    close = get_close_matches(name.upper(), known, 1, 0.5) or get_close_matches(
        name.casefold(), known, 1, 0.5
    )
    families = "、".join(sorted({rule.family for rule in rules}))
    hint = f"是不是“{close[0]}”？" if close else f"可用的类别有：{families}。"
    return f"没有编号、前缀或名称为“{name}”的规则。{hint}"
