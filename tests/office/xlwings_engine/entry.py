"""perfxl with LibreOffice in Excel's place: python -m tests.office.xlwings_engine.entry …

The environment names the pipe on which LibreOffice listens. What runs then is the command line
as it is installed.
"""

from perfxl.cli.main import main
from tests.office.xlwings_engine.engine import activate_from_environment

if __name__ == "__main__":
    activate_from_environment()
    main()
