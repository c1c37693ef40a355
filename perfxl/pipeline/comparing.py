"""A return and its resubmission, from the files to what differs."""

from pathlib import Path

from perfxl.engine.difference.compare import Version, compare
from perfxl.engine.difference.record import Difference
from perfxl.errors import RefusedFile
from perfxl.model.form import Return
from perfxl.model.report import Entry
from perfxl.pipeline.checking import check_file
from perfxl.pipeline.options import Options
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.scheme.find import get_scheme, scheme_vocabulary

_NO_FORMULAS = "FL210"  # the remark of old formats: their formulas cannot be read


def compare_files(before: Path, after: Path, options: Options) -> Difference:
    """What became of the findings of a return in its resubmission, and what else was changed.

    Marks of ours in either file count for nothing. A file that cannot be read is told as that.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    return compare(_version(before, options), _version(after, options))


def _version(path: Path, options: Options) -> Version:
    checked = check_file(path, options)
    try:
        book = read_book(path)
    except RefusedFile:
        return Version(Return(), checked.entries, failures=checked.failures)
    recalculate(book)
    returned = Return() if checked.is_findings_list else read_return(
        book, scheme_vocabulary(options.schemes_folder)
    )  # fmt: skip
    return Version(
        returned,
        checked.entries,
        knows_formulas=all(remark.code != _NO_FORMULAS for remark in book.remarks),
        answers=checked.answers,
        failures=checked.failures,
        input_names=_input_names(checked.entries[0], options) if returned.inputs else {},
    )


def _input_names(entry: Entry, options: Options) -> dict[str, str]:
    """What the figures of a template are called; they are read only where the scheme is known."""
    if entry.scheme is None:
        return {}
    scheme = get_scheme(entry.scheme.id, options.schemes_folder)
    return {one.key: one.name for one in scheme.inputs}
