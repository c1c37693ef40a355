"""One file from end to end: read it, judge it, and say or mark what was found.

The only package that knows both the reader and the writers.
"""

from perfxl.pipeline.annotating import Annotated, annotate_file
from perfxl.pipeline.checking import (
    Checked,
    check_book,
    check_file,
    check_member,
    check_open_book,
    report_of,
)
from perfxl.pipeline.cleaning import Cleaned, clean_file
from perfxl.pipeline.matching import scheme_for
from perfxl.pipeline.options import Options, Profile

__all__ = [
    "Annotated",
    "Checked",
    "Cleaned",
    "Options",
    "Profile",
    "annotate_file",
    "check_book",
    "check_file",
    "check_member",
    "check_open_book",
    "clean_file",
    "report_of",
    "scheme_for",
]
