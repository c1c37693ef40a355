"""An engine for xlwings that drives LibreOffice, so that code meant for Excel runs on Linux.

`engine` is what xlwings sees: programs and their open books. Behind `.api` stands a small copy of
Excel's object model, as far as perfxl uses it, one module for each part of it. What it answers
follows Excel's manuals; that Excel answers so was not seen here.
"""
