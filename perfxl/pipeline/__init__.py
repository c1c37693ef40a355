"""One file from end to end: read it, judge it, and say or mark what was found.

The only module that knows both the reader and the writers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from perfxl import __version__
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
from perfxl.errors import RefusedEdit, RefusedFile
from perfxl.model.address import Place
from perfxl.model.annotation import FINDINGS_NAME
from perfxl.model.cells import Answer, Book, Remark
from perfxl.model.finding import Failure, Finding
from perfxl.model.form import Decision, Return, SelfEvaluationForm
from perfxl.model.report import Entry, Report, SchemeRef, TableRef
from perfxl.pipeline.own import original_of
from perfxl.reader.concealment import remark_concealment
from perfxl.reader.privacy import remark_phone_numbers
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.rules.base import Rule, Scope, Subject
from perfxl.scheme.find import get_scheme, list_schemes, scheme_vocabulary
from perfxl.scheme.match import match_scheme
from perfxl.scheme.model import Scheme, SchemeMatch
from perfxl.scheme.stamp import read_stamp
from perfxl.waivers.apply import Use, Waived, apply_waivers
from perfxl.waivers.filed import FiledWaiver

_OWN_FINDINGS = Decision(
    "own-findings", Place("", ""), "这是本工具另存的问题清单，不是报送的表，请校验原表"
)


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
    """

    rules: tuple[Rule, ...]
    scheme_id: str | None = None
    schemes_folder: Path | None = None
    reason_threshold: Decimal = Decimal(0)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    waivers: tuple[FiledWaiver, ...] = ()
    as_of: date | None = None

    def profile_for(self, scheme: Scheme | None) -> Profile:
        """What forms of a scheme are judged by."""
        common = Profile(self.rules, self.reason_threshold)
        return self.profiles.get(scheme.id, common) if scheme else common


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of one file: an entry per score table, at least one."""

    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...] = ()
    waiver_uses: tuple[Use, ...] = ()
    answers: tuple[Answer, ...] = ()  # what the unit wrote into an earlier annotation
    is_own: bool = False  # a workbook of findings that we made, and no return


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
    if FINDINGS_NAME in book.names:
        told = _judge(path, member, book, Return(unplaced=[_OWN_FINDINGS]), options)
        return replace(told, is_own=True)
    recalculate(book)
    vocabulary = scheme_vocabulary(options.schemes_folder)
    returned = read_return(book, vocabulary)
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
        verdict = replace(verdict, findings=waived.findings)
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
                grade=grade_summary(form, subject.scheme),
                subtotals=subtotals(form, subject.scheme),
                shortfalls=verdict.shortfalls,
                missed_targets=verdict.missed_targets if index == 0 else (),
                findings=verdict.findings,
                skipped=() if is_refused else verdict.skipped,
                decisions=(
                    *(form.decisions if form else ()),
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


def scheme_for(book: Book, form: SelfEvaluationForm | None, options: Options) -> SchemeMatch | None:
    """The scheme asked for, else the one stamped into the book, else the one it looks like."""
    if options.scheme_id:
        return SchemeMatch(_scheme(options.scheme_id, options.schemes_folder), "option")
    known = {scheme.id: scheme for scheme in _schemes(options.schemes_folder)}
    stamp = read_stamp(book.names, book.properties)
    if stamp and stamp.scheme_id in known:
        return SchemeMatch(known[stamp.scheme_id], "stamp")
    found = match_scheme(form, tuple(known.values())) if form else None
    return SchemeMatch(found, "header") if found else None


@cache
def _schemes(folder: Path | None) -> tuple[Scheme, ...]:
    return tuple(list_schemes(folder))


@cache
def _scheme(scheme_id: str, folder: Path | None) -> Scheme:
    return get_scheme(scheme_id, folder)


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


@dataclass(frozen=True, slots=True)
class Annotated:
    """The outcome of annotating one file.

    `written` is the highlighted copy; where the file cannot be edited safely, the workbook of
    findings that stands in for it, and `refusal` says why.
    """

    checked: Checked
    written: Path
    refusal: str = ""


def annotate_file(path: Path, options: Options, *, in_place: bool = False) -> Annotated:
    """Check a file and write a highlighted copy beside it; the original stays as it is.

    Raises:
        RefusedEdit: the file is a workbook of findings of our own; nothing is written.
        OutputError: the copy cannot be written.
    """
    from perfxl.render.page import marks, result_page
    from perfxl.writer import output
    from perfxl.writer.annotate import annotate

    checked = check_file(path, options)
    if checked.is_own:
        raise RefusedEdit(_OWN_FINDINGS.message)
    page = result_page(checked.entries, answers=checked.answers)
    found = [mark for entry in checked.entries for mark in marks(entry)]
    try:
        data = annotate(_bytes_of(path, checked), found, page)
    except RefusedEdit as refusal:
        from perfxl.render.xlsx import findings_workbook

        why = str(refusal)
        page = result_page(checked.entries, answers=checked.answers, refusal=why)
        beside = path.with_suffix(".xlsx")
        return Annotated(checked, _beside(beside, "findings", findings_workbook(page)), why)
    if in_place:
        output.replace_in_place(path, data)
        return Annotated(checked, path)
    return Annotated(checked, _beside(path, "annotated", data))


def _beside(path: Path, suffix: str, data: bytes) -> Path:
    """Write `a.<suffix>.xlsx` beside `a.xlsx`, whatever of ours the name already says."""
    from perfxl.writer.output import write_beside

    return write_beside(original_of(path), suffix, data)


def _bytes_of(path: Path, checked: Checked) -> bytes:
    findings = [finding for entry in checked.entries for finding in entry.findings]
    refused = next((f for f in findings if f.code.startswith("FL1")), None)
    if refused:
        raise RefusedEdit(refused.message)
    return path.read_bytes()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The outcome of cleaning one file; `written` is None when there was nothing of ours in it."""

    written: Path | None


def clean_file(path: Path, *, in_place: bool = False) -> Cleaned:
    """Take our annotation out of a copy and write what is left beside it.

    Raises:
        RefusedFile: the gate refuses the file.
        RefusedEdit: the file cannot be edited safely.
        OutputError: the copy cannot be written.
    """
    from perfxl.writer import output
    from perfxl.writer.clean import clean

    read_book(path)  # nothing is edited that the gate would not let in
    before = path.read_bytes()
    after = clean(before)
    if after == before:
        return Cleaned(None)
    if in_place:
        output.replace_in_place(path, after)
        return Cleaned(path)
    return Cleaned(_beside(path, "clean", after))
