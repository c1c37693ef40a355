"""What the reader noticed, as hits; shared by the rules of family FL."""

from collections.abc import Iterator

from perfxl.model.finding import Basis
from perfxl.rules.base import Hit, Subject, at

FILE_FORMAT = Basis("ISO/IEC 29500", "Office Open XML文件格式")


def remarks_of(subject: Subject, code: str) -> Iterator[Hit]:
    """The reader's remarks of one code, each at its own place."""
    for remark in subject.remarks:
        if remark.code == code:
            yield at(remark.place, detail=remark.detail)
