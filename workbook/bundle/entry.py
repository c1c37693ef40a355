"""Where the frozen program begins; an installed perfxl begins in `perfxl.__main__`."""

import multiprocessing
import sys

# perfxl reads .xls in a process that it starts as `python -P -m …`; here there is no such python.
WORKER = ["-P", "-m", "perfxl.reader.legacy_worker"]


def main() -> None:
    """Be the pool's worker, the reader of .xls, or the command line, as the arguments say."""
    multiprocessing.freeze_support()
    if sys.argv[1:] == WORKER:
        from perfxl.reader import legacy_worker

        legacy_worker.main()
        return
    from perfxl.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()
