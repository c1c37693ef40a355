"""The markers by which our own annotation is known again, whoever saved the file since.

Fixed for good: other versions of perfxl clean what this one wrote.
"""

RESULT_SHEET = "校验结果"
NOTE_MARK = "【校验】"
NOTE_AUTHOR = "perfxl"
# Stands as a text in every conditional format of ours, e.g. LEN("perfxl:error")>0
FORMAT_MARK = "perfxl:"
# A defined name in a workbook of findings, by which it is never taken for a return.
FINDINGS_NAME = "_perfxl_findings"
# The same in a ledger of copies sent out.
LEDGER_NAME = "_perfxl_ledger"
# Heads of the result sheet's columns by which answers are found again.
PLACE_HEAD, PROBLEM_HEAD, ANSWER_HEAD, CODE_HEAD = "位置", "问题", "单位说明", "规则"
FINDINGS_TITLE = (
    "问题"  # of the tables of findings, with （sheet） behind it where there are several
)
SHEET_LABEL = "工作表"  # stands before the name of the sheet that bare addresses belong to
WHOLE_FILE = "整个文件"
# In cell A1 of the result sheet, after its title, so that a renamed sheet is known too.
RESULT_MARK = "perfxl:result:1"
# The journal that lets `clean` restore parts byte for byte, a comment in the sheet's part.
JOURNAL_MARK = "perfxl:undo:1:"


def is_our_format(formula: str) -> bool:
    """Whether a conditional format's formula carries our marker."""
    return f'"{FORMAT_MARK}' in formula


def strip_our_note(text: str) -> str:
    """What others wrote in a note: the text before our mark, without the line break between."""
    head, mark, _ = text.partition(NOTE_MARK)
    return head.rstrip("\r\n") if mark else text
