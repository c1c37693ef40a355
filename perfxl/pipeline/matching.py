"""Which scheme a form is judged by."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from perfxl.model.address import Place
from perfxl.model.cells import Book
from perfxl.model.form import Decision, SelfEvaluationForm
from perfxl.pipeline.options import Options
from perfxl.scheme.find import get_scheme, list_schemes
from perfxl.scheme.match import alike_schemes, match_scheme
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


def undecided(form: SelfEvaluationForm | None, options: Options) -> Iterator[Decision]:
    """Said of a form for which no scheme was taken because several fit it alike."""
    alike = alike_schemes(form, _schemes(options.schemes_folder)) if form else ()
    if form and len(alike) > 1:
        ids = "、".join(scheme.id for scheme in alike)
        message = f"这张表与几个方案一样像（{ids}），没有按任何一个核对；请用 --scheme 写明是哪一个"
        yield Decision("schemes-alike", Place(form.sheet, ""), message)


@cache
def _schemes(folder: Path | None) -> tuple[Scheme, ...]:
    return tuple(list_schemes(folder))


@cache
def _scheme(scheme_id: str, folder: Path | None) -> Scheme:
    return get_scheme(scheme_id, folder)
