"""Every error that perfxl raises on purpose; each carries a Chinese sentence for the user."""


class PerfxlError(Exception):
    """Base of all errors meant for a person; `str(error)` is a Chinese sentence."""


class UsageError(PerfxlError):
    """Wrong arguments, settings or a path that does not exist (exit status 2)."""


class SchemeError(UsageError):
    """A scheme folder that cannot be found, read or validated; names file and key."""


class OutputError(PerfxlError):
    """A result could not be written; names the path and the reason (exit status 3)."""


class ClusterError(PerfxlError):
    """A cluster of machines ended before the work did; says how to go on (exit status 3)."""


class RefusedFile(PerfxlError):
    """The gate or the reader refuses a file; becomes a finding of family FL, never a traceback.

    Args:
        code: the FL1xx rule code under which the refusal is reported.
        detail: what was found, in Chinese, fitting after 「：」.
        part: the zip part concerned, or "" when the whole file is.
        sheet: the sheet's name when known, else "".
        cell: the A1 address when known, else "".

    `sha256` is the file's hash where its bytes could be had, else "".
    """

    sha256 = ""

    def __init__(
        self, code: str, detail: str, *, part: str = "", sheet: str = "", cell: str = ""
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.part = part
        self.sheet = sheet
        self.cell = cell

    def __reduce__(self) -> tuple[object, ...]:
        """Make it travel between processes; exceptions with keywords do not by themselves."""
        return _rebuilt, (type(self), self.code, self.detail, self.part, self.sheet, self.cell,
                          self.sha256)  # fmt: skip


def _rebuilt(
    kind: type[RefusedFile],
    code: str,
    detail: str,
    part: str,
    sheet: str,
    cell: str,
    sha256: str,
) -> RefusedFile:
    refusal = kind(code, detail, part=part, sheet=sheet, cell=cell)
    refusal.sha256 = sha256
    return refusal


class RefusedEdit(PerfxlError):
    """A package cannot be edited without harm (signed, encrypted, zip64, BIFF); says why."""
