"""A case judged as a return is: every default rule on and its own, all its tables read."""

from perfxl.engine.judge import judge
from perfxl.engine.selection import default_rules
from perfxl.model.finding import Finding, Verdict
from perfxl.reader.tables import read_return
from perfxl.rules.base import Subject
from perfxl.rules.registry import all_rules
from perfxl.scheme.find import get_scheme
from perfxl.scheme.model import Scheme
from perfxl.scheme.vocabulary import load_vocabulary
from tests.rules.case_file import Case
from tests.rules.small_schemes import SMALL_SCHEMES


def verdict_of(case: Case) -> Verdict:
    """The verdict on a case's workbook and its (first) score table."""
    returned = read_return(case.book, load_vocabulary())
    form = returned.forms[0] if returned.forms else None
    own = [rule for rule in all_rules() if rule.code == case.code]
    rules = sorted({*default_rules(), *own}, key=lambda rule: rule.code)
    return judge(Subject(returned, form=form, scheme=_scheme(case)), rules)


def _scheme(case: Case) -> Scheme | None:
    if not case.scheme:
        return None
    return SMALL_SCHEMES.get(case.scheme) or get_scheme(case.scheme)


def shown(finding: Finding, case: Case) -> tuple[str, str, str, str]:
    """A finding as a line of an expect block spells it: code, cell, severity, cause."""
    cause = finding.caused_by
    return (
        finding.code,
        _cell(finding.place.sheet, finding.place.cell, case),
        finding.severity.value,
        f"{cause.code} @ {_cell(cause.place.sheet, cause.place.cell, case)}" if cause else "",
    )


def _cell(sheet: str, cell: str, case: Case) -> str:
    if not cell:
        return "-"
    return cell if sheet == case.book.sheets[0].name else f"{sheet}!{cell}"
