"""The check of one workbook: read, computed, judged by its scheme and let pass by waivers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perfxl import __version__
from perfxl.engine.answered import with_answers
from perfxl.engine.judge import judge
from perfxl.engine.readings import counting_decisions
from perfxl.engine.summary import (
    fund_rate_basis,
    grade_summary,
    leaf_scores,
    outcome,
    rate_bases,
    rule_set_version,
    stated_results,
    subtotals,
    total_summary,
)
from perfxl.errors import RefusedFile
from perfxl.model.address import Place
from perfxl.model.annotation import FINDINGS_NAME
from perfxl.model.cells import Answer, Book, Remark
from perfxl.model.finding import Failure, Finding
from perfxl.model.form import Decision, Return, SelfEvaluationForm
from perfxl.model.report import Entry, Report, SchemeRef, TableRef
from perfxl.pipeline.matching import scheme_for, undecided
from perfxl.pipeline.options import Options
from perfxl.reader.concealment import remark_concealment
from perfxl.reader.privacy import remark_phone_numbers
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.rules.base import Rule, Scope, Subject
from perfxl.scheme.find import scheme_vocabulary
from perfxl.scheme.model import SchemeMatch
from perfxl.waivers.apply import Use, Waived, apply_waivers

OWN_FINDINGS = Decision(
    "own-findings", Place("", ""), "这是本工具另存的问题清单，不是报送的表，请校验原表"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of one file: an entry per score table, at least one."""

    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...] = ()
    waiver_uses: tuple[Use, ...] = ()
    answers: tuple[Answer, ...] = ()  # what the unit wrote into an earlier annotation
    is_findings_list: bool = False  # a workbook of findings that we made, and no return


def report_of(checked: Sequence[Checked]) -> Report:
    """The report of a run over several files."""
    return Report(
        version=__version__,
        rules=rule_set_version(),
        entries=tuple(entry for one in checked for entry in one.entries),
        failures=tuple(failure for one in checked for failure in one.failures),
    )


def check_file(path: Path, options: Options) -> Checked:
    """Check a returned workbook; a file that cannot be read is an entry with a finding FL1xx.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    return check_book(path, None, lambda: read_book(path), options)


def check_member(
    path: Path, member: str | None, load: Callable[[], bytes], options: Options
) -> Checked:
    """Check a workbook whose bytes `load` gives, such as one inside the zip at `path`.

    A RefusedFile that `load` raises becomes a finding, as one of the reader does.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    return check_book(path, member, lambda: read_book(load()), options)


def check_book(
    path: Path, member: str | None, read: Callable[[], Book], options: Options
) -> Checked:
    """Check what `read` gives; a RefusedFile that it raises becomes a finding."""
    try:
        book = read()
    except RefusedFile as refusal:
        refused = Remark(refusal.code, _detail(refusal), Place(refusal.sheet, refusal.cell))
        book = Book(remarks=[refused], sha256=refusal.sha256)
        return _judge(path, member, book, Return(), options)
    return check_open_book(book, path, options, member)


def check_open_book(book: Book, path: Path, options: Options, member: str | None = None) -> Checked:
    """Check a workbook that is in memory already, wherever its cells came from.

    Args:
        book: the workbook; the values of its formulas are computed anew in it.
        path: what the report and waivers call it; nothing is read there.
        options: what the check asks for.
        member: its path inside the zip at `path`, or None.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    if FINDINGS_NAME in book.names:
        told = _judge(path, member, book, Return(unplaced=[OWN_FINDINGS]), options)
        return replace(told, is_findings_list=True)
    recalculate(book)
    returned = read_return(book, scheme_vocabulary(options.schemes_folder))
    remark_concealment(book, returned)
    remark_phone_numbers(book, returned)
    return _judge(path, member, book, returned, options)


def _detail(refusal: RefusedFile) -> str:
    return f"{refusal.detail}（{refusal.part}）" if refusal.part else refusal.detail


def _judge(
    path: Path, member: str | None, book: Book, returned: Return, options: Options
) -> Checked:
    # A file that was refused is told as that alone: there is no table to speak of.
    is_refused = any(remark.code.startswith("FL1") for remark in book.remarks)
    entries: list[Entry] = []
    failures: list[Failure] = []
    uses: list[Use] = []
    for index, form in enumerate(returned.forms or [None]):
        match = scheme_for(book, form, options)
        scheme = match.scheme if match else None
        profile = options.profile_for(scheme)
        rules = [r for r in profile.rules if not is_refused or r.family == "FL"]
        rules = [r for r in rules if index == 0 or r.scope is Scope.FORM]
        subject = Subject(returned, tuple(book.remarks), form, scheme, profile.reason_threshold)
        verdict = judge(subject, rules)
        waived = _waived(verdict.findings, _file_name(path, member), returned, rules, options)
        told = with_answers(waived.findings, book.answers, form.sheet if form else "")
        verdict = replace(verdict, findings=told)
        failures.extend(verdict.failures)
        uses.extend(waived.uses)
        entries.append(
            Entry(
                path=str(path),
                member=member,
                sheet=form.sheet if form else "",
                sha256=book.sha256,
                tables=_tables(returned, form, is_first=index == 0),
                scheme=_ref(match),
                unit=returned.unit.value if returned.unit else "",
                year=returned.year.value if returned.year else "",
                outcome=outcome(verdict, has_table=_has_table(returned)),
                total=total_summary(form, subject.scheme),
                grade=grade_summary(form, subject.scheme, returned.inputs),
                subtotals=subtotals(form, subject.scheme),
                shortfalls=verdict.shortfalls,
                missed_targets=verdict.missed_targets if index == 0 else (),
                findings=verdict.findings,
                skipped=() if is_refused else verdict.skipped,
                decisions=(
                    *(form.decisions if form else ()),
                    *(() if match else undecided(form, options)),
                    *fund_rate_basis(form),
                    *counting_decisions(form, scheme),
                    *(rate_bases(returned) if index == 0 else ()),
                ),
                scores=leaf_scores(form),
                results=stated_results(returned) if index == 0 else (),
            )
        )
    return Checked(tuple(entries), tuple(failures), tuple(uses), book.answers)


def _file_name(path: Path, member: str | None) -> str:
    """A file as waivers name it: a member of a zip as `回收.zip/甲局/表.xlsx`."""
    return str(path.absolute() / member if member else path.absolute())


def _waived(
    findings: Sequence[Finding],
    file: str,
    returned: Return,
    rules: Sequence[Rule],
    options: Options,
) -> Waived:
    if not options.waivers or options.as_of is None:
        return Waived(tuple(findings))
    return apply_waivers(
        findings,
        options.waivers,
        file=file,
        unit=returned.unit.value if returned.unit else "",
        codes={rule.code for rule in rules},
        as_of=options.as_of,
    )


def _has_table(returned: Return) -> bool:
    return bool(returned.forms or returned.task_tables or returned.target_tables)


def _ref(match: SchemeMatch | None) -> SchemeRef | None:
    return SchemeRef(match.scheme.id, match.scheme.version, match.how) if match else None


def _tables(
    returned: Return, form: SelfEvaluationForm | None, *, is_first: bool
) -> tuple[TableRef, ...]:
    refs = [TableRef("score", form.sheet, form.area.a1)] if form else []
    if form and form.fund_block:
        refs.append(TableRef("funds", form.fund_block.sheet, form.fund_block.area.a1))
    if is_first:
        refs += [TableRef("tasks", t.sheet, t.area.a1) for t in returned.task_tables]
        refs += [TableRef("targets", t.sheet, t.area.a1) for t in returned.target_tables]
    return tuple(refs)
