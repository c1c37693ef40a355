"""Live mode: the workbook as it stands open in Excel is read and marked through its objects.

Why the open book, and not a saved copy of it: on many office machines transparent encryption makes
every file that Excel writes unreadable for other programs, and what an officer has typed since the
last save must be judged too. Nothing here judges: the grid goes to `perfxl.addin.actions`, and the
changes that come back are applied.
"""
