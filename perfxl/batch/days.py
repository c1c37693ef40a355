"""Days as people write them in lists."""

import re
from datetime import date

_DAY = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?(?=\D|\Z)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")


def parse_day(text: str) -> date | None:
    """The day of 2025-03-31, 2025/3/31, 2025年3月31日, 20250331, a time behind it or not."""
    stripped = text.strip()
    match = _DAY.match(stripped) or _DIGITS.match(stripped)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
