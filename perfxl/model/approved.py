"""Targets that were approved at the year's beginning and sent out with the form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApprovedTarget:
    """An approved indicator, its parts as they stand in the cells of the form.

    Attributes:
        path: first-, second- and third-level name.
        sign: its nature (≥, ≤, ＝, 定性), "" where the form has no column for it or nobody said.
        target: the target, with sign and unit where the form has no columns for them; "" where
            only the name is known.
        unit: the unit, or "".
    """

    path: tuple[str, str, str]
    sign: str
    target: str
    unit: str

    @property
    def name(self) -> str:
        """The third-level name."""
        return self.path[-1]

    @property
    def shown(self) -> str:
        """The target with its unit, as people say it."""
        return self.target + ("" if self.target.endswith(self.unit) else self.unit)
