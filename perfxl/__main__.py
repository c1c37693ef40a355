"""`python -m perfxl`."""

from perfxl.cli.main import main

main()
