"""The settings of a round, from round.toml."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from perfxl.batch.model import Round
from perfxl.errors import UsageError
from perfxl.tomlfile.read import read_toml


def load_round(path: Path) -> Round:
    """The round of a file.

    Raises:
        UsageError: names file and key, what is there and what should be.
    """
    from perfxl.batch.round_file import RoundFile
    from perfxl.tomlfile.models import validated

    file = validated(RoundFile, path, read_toml(path, "round.toml"))
    if file.due and file.resubmission_due and file.resubmission_due < file.due:
        raise UsageError(f"{path}：resubmission_due（复报）早于 due（报送）")
    return Round(**file.model_dump(exclude={"schema_version"}))


def settled(
    round_: Round | None, *, year: int | None, scheme_year: int | None, due: date | None
) -> Round:
    """The round with what was typed put over it; without a file, the scheme's year serves.

    Raises:
        UsageError: nobody says which year it is.
    """
    chosen = year or (round_.year if round_ else None) or scheme_year
    if chosen is None:
        raise UsageError("没有评价年度：请加 --year 2024，或写进 round.toml")
    base = round_ or Round(chosen)
    return replace(base, year=chosen, due=due or base.due)
