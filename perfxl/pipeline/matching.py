"""Which scheme a form is judged by."""

from functools import cache
from pathlib import Path

from perfxl.model.cells import Book
from perfxl.model.form import SelfEvaluationForm
from perfxl.pipeline.options import Options
from perfxl.scheme.find import get_scheme, list_schemes
from perfxl.scheme.match import match_scheme
from perfxl.scheme.model import Scheme, SchemeMatch
from perfxl.scheme.stamp import read_stamp


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
