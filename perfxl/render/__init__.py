"""Findings in one format each: text, JSON, the sheet 校验结果, a workbook of their own."""
