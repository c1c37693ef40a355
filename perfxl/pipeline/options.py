"""What one run over returns asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from perfxl.rules.base import Rule
from perfxl.rules.sighting import RoundRule
from perfxl.scheme.model import Scheme
from perfxl.waivers.filed import FiledWaiver


@dataclass(frozen=True, slots=True)
class Profile:
    """How forms are judged: by which rules, and how many points may go without a reason."""

    rules: tuple[Rule, ...]
    reason_threshold: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Options:
    """What one run asks for.

    Attributes:
        rules: the rules to run.
        scheme_id: the scheme to judge by; found out for each form when None.
        schemes_folder: where to look for schemes first.
        reason_threshold: points that may be lost without a reason.
        profiles: what forms of a scheme are judged by instead, by the scheme's id.
        waivers: findings that are let pass.
        as_of: the day of the run; needed where there are waivers.
        round_rules: the rules over a round's collection, where there is one.
    """

    rules: tuple[Rule, ...]
    scheme_id: str | None = None
    schemes_folder: Path | None = None
    reason_threshold: Decimal = Decimal(0)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    waivers: tuple[FiledWaiver, ...] = ()
    as_of: date | None = None
    round_rules: tuple[RoundRule, ...] = ()

    def profile_for(self, scheme: Scheme | None) -> Profile:
        """What forms of a scheme are judged by."""
        common = Profile(self.rules, self.reason_threshold)
        return self.profiles.get(scheme.id, common) if scheme else common
