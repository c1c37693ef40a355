"""The catalogue, found by walking the rule folders; nothing is listed by hand."""

import importlib
import pkgutil
from functools import cache

from perfxl import rules
from perfxl.rules.base import REGISTERED, Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    for family in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        if not family.ispkg:
            continue
        package = importlib.import_module(family.name)
        for module in pkgutil.iter_modules(package.__path__, f"{family.name}."):
            importlib.import_module(module.name)
    return tuple(sorted(REGISTERED, key=lambda rule: rule.code))


def find_rule(code: str) -> Rule | None:
    """The rule of a code (AR102) or slug (score-exceeds-max), case-insensitive; None if none."""
    wanted = code.strip().casefold()
    return next((r for r in all_rules() if wanted in (r.code.casefold(), r.slug)), None)
