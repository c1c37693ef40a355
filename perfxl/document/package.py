"""A Word file's zip, the same bytes for the same content."""

import io
import zipfile

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def repacked(data: bytes) -> bytes:
    """The parts of a document that we made ourselves, in their order, without times of day."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item))
    return buffer.getvalue()
