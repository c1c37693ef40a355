"""What makes a chaos folder: the truth told of each unit, and the hands that put files in it."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from random import Random

from perfxl.batch.model import Issued, ReturnState, Round, Unit
from perfxl.scheme.stamp import Stamp
from tests.chaos.old_form import old_form_bytes
from tests.chaos.workbooks import SCHEME, VERSION, form_bytes

ISSUED = date(2025, 3, 1)
DUE = date(2025, 3, 31)
AGAIN_DUE = date(2025, 4, 25)
AS_OF = date(2025, 4, 10)
IN_TIME, LATER, LATE = date(2025, 3, 20), date(2025, 3, 25), date(2025, 4, 3)
ROUND = Round(2024, due=DUE, resubmission_due=AGAIN_DUE)


@dataclass(frozen=True)
class Truth:
    """What must be found of a unit; `file` names the return that counts by its own name."""

    state: ReturnState
    file: str = ""
    total: Decimal | None = None
    is_late: bool = False
    others: int = 0  # files beside the one that counts
    says: str = ""  # what the sentence must tell


@dataclass
class Making:
    """What is being made: files by district, the truth, the lines of the register."""

    random: Random
    units: list[Unit] = field(default_factory=list)
    issued: list[Issued] = field(default_factory=list)
    truth: dict[str, Truth] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[tuple[str, bytes, date]]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    mishaps: Counter[str] = field(default_factory=Counter)

    def total(self) -> Decimal:
        """A total between 80 and 99.75, in steps of a quarter."""
        return Decimal(80) + Decimal(self.random.randrange(0, 80)) / 4

    def old(self, name: str) -> tuple[bytes, Decimal]:
        """A return in the old format that names this unit, and its total."""
        ending = self.random.choice([Decimal("0.25"), Decimal("0.75")])
        total = self.random.randrange(90, 99) + ending
        return old_form_bytes(name, total), total

    def stamp(self, unit: Unit) -> Stamp:
        return Stamp(SCHEME, VERSION, unit.name, f"2024-{unit.code}")

    def stamped(self, unit: Unit, total: Decimal) -> bytes:
        return form_bytes(unit.name, total, stamp=self.stamp(unit))

    def put(self, unit: Unit, name: str, data: bytes, day: date = IN_TIME) -> None:
        self.files.setdefault(unit.district, []).append((name, data, day))

    def settle(self, unit: Unit, truth: Truth, total: Decimal | None = None) -> None:
        self.truth[unit.code] = replace(truth, total=total) if total is not None else truth

    def note(self, *, file: str = "", unit: str = "", day: str = "", chosen: str = "") -> None:
        self.lines.append(f"{file},{unit},{day},{chosen}")
