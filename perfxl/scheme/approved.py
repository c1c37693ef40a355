"""How a form sent out carries its approved targets, so that a changed one is found out.

As the stamp, each is written twice: into defined names that hold string constants and into custom
properties of the same names. A long one takes several of them, in order.
"""

import json
import re
from collections.abc import Mapping, Sequence

from perfxl.model.approved import ApprovedTarget
from perfxl.scheme.stamp import constant_text, text_of

APPROVED_NAME = "_perfxl_t_"  # number and piece follow: _perfxl_t_0007_1
_NUMBERED = re.compile(re.escape(APPROVED_NAME) + r"(\d{4})_(\d{1,3})\Z")
_PIECE = 240  # characters; Excel allows 255 in a string constant
MOST = 999


def approved_values(targets: Sequence[ApprovedTarget]) -> dict[str, str]:
    """Names with their plain texts, for custom properties.

    Raises:
        ValueError: more targets than a form can carry.
    """
    if len(targets) > MOST:
        raise ValueError(f"more than {MOST} targets")
    values: dict[str, str] = {}
    for number, target in enumerate(targets, start=1):
        parts = [*target.path, target.sign, target.target, target.unit]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        for piece, start in enumerate(range(0, len(text), _PIECE), start=1):
            values[f"{APPROVED_NAME}{number:04}_{piece}"] = text[start : start + _PIECE]
    return values


def approved_constants(targets: Sequence[ApprovedTarget]) -> dict[str, str]:
    """Names with what they refer to, as formula text without `=`: for defined names."""
    return {name: constant_text(text) for name, text in approved_values(targets).items()}


def read_approved(
    names: Mapping[str, str], properties: Mapping[str, str]
) -> tuple[ApprovedTarget, ...]:
    """The targets that a form carries, in their order; one that is damaged is left out.

    Args:
        names: defined names with what they refer to.
        properties: custom properties with their texts.
    """
    pieces: dict[int, dict[int, str]] = {}
    texts = dict(properties) | {
        name.casefold(): text for name, value in names.items() if (text := text_of(value))
    }
    for name, text in texts.items():
        if match := _NUMBERED.match(name):
            pieces.setdefault(int(match[1]), {})[int(match[2])] = text
    found = (
        _target("".join(text for _, text in sorted(own.items())))
        for _, own in sorted(pieces.items())
    )
    return tuple(target for target in found if target is not None)


def _target(text: str) -> ApprovedTarget | None:
    try:
        parts = json.loads(text)
    except ValueError:
        return None
    if not isinstance(parts, list) or len(parts) != 6 or any(type(p) is not str for p in parts):
        return None
    level1, level2, level3, sign, target, unit = parts
    return ApprovedTarget((level1, level2, level3), sign, target, unit)
