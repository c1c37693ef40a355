"""The catalogue, found by walking the rule folders; nothing is listed by hand.

Rules over one return and rules over a round's collection are two registries: whoever checks one
return never loads the others.
"""

import importlib
import pkgutil
from functools import cache

from perfxl import rules
from perfxl.rules.base import REGISTERED, Rule, RuleInfo
from perfxl.rules.sighting import REGISTERED_OF_ROUNDS, RoundRule

_OF_ROUNDS = f"{rules.__name__}.across"


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule over one return, by code."""
    for family in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        if family.ispkg and family.name != _OF_ROUNDS:
            _import_modules(family.name)
    return tuple(sorted(REGISTERED, key=lambda rule: rule.code))


@cache
def round_rules() -> tuple[RoundRule, ...]:
    """Every rule over what all units sent in a round, by code."""
    _import_modules(_OF_ROUNDS)
    return tuple(sorted(REGISTERED_OF_ROUNDS, key=lambda rule: rule.code))


def catalogue() -> tuple[RuleInfo, ...]:
    """All rules there are, by code."""
    return tuple(sorted((*all_rules(), *round_rules()), key=lambda rule: rule.code))


def find_rule(code: str) -> RuleInfo | None:
    """The rule of a code (AR102) or slug (score-exceeds-max), case-insensitive; None if none."""
    wanted = code.strip().casefold()
    return next((r for r in catalogue() if wanted in (r.code.casefold(), r.slug)), None)


def _import_modules(package: str) -> None:
    path = importlib.import_module(package).__path__
    for module in pkgutil.iter_modules(path, f"{package}."):
        importlib.import_module(module.name)
