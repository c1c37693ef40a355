"""What Windows' settings and the organisation's policies let macros do."""

from dataclasses import dataclass

from perfxl.addin.office import VERSIONS
from perfxl.addin.system import Hive, System

_POLICIES = r"Software\Policies\Microsoft\Office"
_OWN = r"Software\Microsoft\Office"
_HIVES: tuple[Hive, Hive] = ("HKCU", "HKLM")
_SIGNED_ONLY, _NONE = 3, 4  # values of VBAWarnings: macros do not run, or only signed ones


@dataclass(frozen=True, slots=True)
class MacroPolicy:
    """What holds for Excel's macros.

    Attributes:
        is_vba_off: VBA is switched off for all of Office.
        are_untrusted_off: macros outside trusted locations do not run, whatever the user clicks.
        is_trust_off: trusted locations are not heeded.
        is_web_blocked: a policy stops macros in files that carry the web mark, beyond what newer
            versions do anyway.
        is_by_policy: an organisation set one of these, so that the user cannot change it.
    """

    is_vba_off: bool = False
    are_untrusted_off: bool = False
    is_trust_off: bool = False
    is_web_blocked: bool = False
    is_by_policy: bool = False


def macro_policy(system: System) -> MacroPolicy:
    """The policy in force; policies win over the user's own settings."""
    off, off_by_policy = _value(system, r"Common", "VBAOff")
    warnings, warned_by_policy = _value(system, r"Excel\Security", "VBAWarnings")
    trust, trust_by_policy = _value(
        system, r"Excel\Security\Trusted Locations", "AllLocationsDisabled"
    )
    web, _ = _value(system, r"Excel\Security", "BlockContentExecutionFromInternet")
    untrusted_off = warnings in (_SIGNED_ONLY, _NONE)
    return MacroPolicy(
        is_vba_off=off == 1,
        are_untrusted_off=untrusted_off,
        is_trust_off=trust == 1,
        is_web_blocked=web == 1,
        is_by_policy=(off == 1 and off_by_policy)
        or (untrusted_off and warned_by_policy)
        or (trust == 1 and trust_by_policy),
    )


def _value(system: System, below: str, name: str) -> tuple[int | None, bool]:
    """A value of the newest version that has it, and whether a policy set it."""
    for root, is_policy in ((_POLICIES, True), (_OWN, False)):
        for version in VERSIONS:
            for hive in _HIVES:
                value = system.registry(hive, rf"{root}\{version}\{below}", name)
                if isinstance(value, int):
                    return value, is_policy
    return None, False
