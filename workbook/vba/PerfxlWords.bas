Attribute VB_Name = "PerfxlWords"
Option Explicit
' Everything that the macros themselves say, in one place; above each what it means.

Public Function Words(ByVal key As String) As String
    Words = Uni(Written(key))
End Function

Private Function Written(ByVal key As String) As String
    Select Case key
    ' Title of message boxes.
    Case "title": Written = "\u7ee9\u6548\u81ea\u8bc4"
    ' No workbook is open: open the form, then press.
    Case "no-book": Written = "\u6ca1\u6709\u6253\u5f00\u8981\u5904\u7406\u7684\u8868\u3002\u8bf7\u5148\u6253\u5f00\u81ea\u8bc4\u8868\uff0c\u518d\u6309\u6309\u94ae\u3002"
    ' Several are open: go to the one that is meant and press on the ribbon, or close the others.
    Case "which-book": Written = "\u5f00\u7740\u597d\u51e0\u4e2a\u8868\uff0c\u4e0d\u77e5\u9053\u8981\u5904\u7406\u54ea\u4e00\u4e2a\u3002\u8bf7\u5207\u5230\u90a3\u4e2a\u8868\uff0c\u6309\u529f\u80fd\u533a\u201c\u7ee9\u6548\u81ea\u8bc4\u201d\u91cc\u7684\u6309\u94ae\uff1b\u6ca1\u6709\u529f\u80fd\u533a\u65f6\uff0c\u5148\u5173\u6389\u522b\u7684\u8868\uff1a"
    ' Never saved: save it first; nothing was changed.
    Case "never-saved": Written = "\u8fd9\u4e2a\u8868\u8fd8\u6ca1\u6709\u5b58\u8fc7\u76d8\u3002\u8bf7\u5148\u4fdd\u5b58\uff0c\u518d\u6309\u6309\u94ae\u3002\u8868\u6ca1\u6709\u6539\u52a8\uff1a"
    ' Opened read-only: save it under another name or ask for it to be closed elsewhere.
    Case "read-only": Written = "\u8fd9\u4e2a\u8868\u662f\u53ea\u8bfb\u6253\u5f00\u7684\uff0c\u4e0d\u80fd\u6807\u6ce8\u3002\u8bf7\u53e6\u5b58\u4e00\u4efd\u518d\u6309\uff0c\u6216\u8bf7\u5360\u7528\u7684\u4eba\u5173\u95ed\u540e\u91cd\u65b0\u6253\u5f00\u3002\u8868\u6ca1\u6709\u6539\u52a8\uff1a"
    ' The structure is protected: no sheet can be added. Review > Protect Workbook.
    Case "structure": Written = "\u5de5\u4f5c\u7c3f\u7ed3\u6784\u6709\u4fdd\u62a4\uff0c\u52a0\u4e0d\u4e86\u201c\u6821\u9a8c\u7ed3\u679c\u201d\u9875\u3002\u8bf7\u5728\u201c\u5ba1\u9605\u2014\u4fdd\u62a4\u5de5\u4f5c\u7c3f\u201d\u53d6\u6d88\u4fdd\u62a4\uff0c\u518d\u6309\u3002\u8868\u6ca1\u6709\u6539\u52a8\u3002"
    ' The sheet is protected with a password.
    Case "locked": Written = "\u5de5\u4f5c\u8868\u6709\u5bc6\u7801\u4fdd\u62a4\uff0c\u4e0d\u80fd\u6807\u6ce8\u3002\u8bf7\u5728\u201c\u5ba1\u9605\u2014\u64a4\u9500\u5de5\u4f5c\u8868\u4fdd\u62a4\u201d\u8f93\u5165\u5bc6\u7801\uff0c\u518d\u6309\u3002\u8868\u6ca1\u6709\u6539\u52a8\uff1a"
    ' One press at a time.
    Case "busy": Written = "\u4e0a\u4e00\u6b21\u8fd8\u6ca1\u6709\u505a\u5b8c\uff0c\u8bf7\u7a0d\u7b49\u3002"
    ' The program cannot be started: press \u5e2e\u52a9/\u8bca\u65ad, or have it installed again.
    Case "no-program": Written = "\u6821\u9a8c\u7a0b\u5e8f\u6ca1\u6709\u542f\u52a8\u3002\u8bf7\u6309\u201c\u5e2e\u52a9/\u8bca\u65ad\u201d\u770b\u7a0b\u5e8f\u88c5\u5728\u54ea\u91cc\uff0c\u6216\u8bf7\u5b89\u88c5\u7684\u540c\u4e8b\u770b\u300a\u5b89\u88c5\u300b\u3002\u8868\u6ca1\u6709\u6539\u52a8\u3002\u7a0b\u5e8f\uff1a"
    ' No answer within the time limit.
    Case "timeout": Written = "\u6821\u9a8c\u7a0b\u5e8f\u6ca1\u6709\u56de\u5e94\uff0c\u5df2\u505c\u6b62\u7b49\u5f85\u3002\u8868\u6ca1\u6709\u6539\u52a8\u3002\u8bf7\u518d\u6309\u4e00\u6b21\uff1b\u8fd8\u4e0d\u884c\uff0c\u8bf7\u6309\u201c\u5e2e\u52a9/\u8bca\u65ad\u201d\u3002\u8fc7\u7a0b\u6587\u4ef6\u7559\u5728\uff1a"
    ' The program ended without an answer: press again; diagnosis; quarantine of the virus scanner.
    Case "ended": Written = "\u6821\u9a8c\u7a0b\u5e8f\u6ca1\u6709\u7b54\u590d\u5c31\u9000\u51fa\u4e86\u3002\u8868\u6ca1\u6709\u6539\u52a8\u3002\u8bf7\u518d\u6309\u4e00\u6b21\uff1b\u8fd8\u4e0d\u884c\uff0c\u8bf7\u6309\u201c\u5e2e\u52a9/\u8bca\u65ad\u201d\uff0c\u6216\u770b\u6740\u6bd2\u8f6f\u4ef6\u6709\u6ca1\u6709\u62e6\u4e0b\u5b83\u3002\u8fc7\u7a0b\u6587\u4ef6\u7559\u5728\uff1a"
    ' Live mode: it stopped answering while it changed the book: clear, or close without saving.
    Case "half-live": Written = "\u6821\u9a8c\u7a0b\u5e8f\u6539\u8868\u6539\u5230\u4e00\u534a\u6ca1\u6709\u4e86\u56de\u5e94\u3002\u8bf7\u6309\u201c\u6e05\u9664\u6807\u8bb0\u201d\uff0c\u6216\u4e0d\u4fdd\u5b58\u5c31\u5173\u95ed\u3001\u91cd\u65b0\u6253\u5f00\u8fd9\u4e2a\u8868\u3002\u8fc7\u7a0b\u6587\u4ef6\u7559\u5728\uff1a"
    ' Why a copy was taken: the program did not get hold of the open book.
    Case "no-attach": Written = "\u6821\u9a8c\u7a0b\u5e8f\u6ca1\u6709\u8fde\u4e0a\u6253\u5f00\u7740\u7684\u8868\u3002"
    ' The program answered, but what it wrote is not whole.
    Case "broken": Written = "\u6821\u9a8c\u7a0b\u5e8f\u7684\u7ed3\u679c\u4e0d\u5b8c\u6574\u3002\u8868\u6ca1\u6709\u6539\u52a8\u3002\u8fc7\u7a0b\u6587\u4ef6\u7559\u5728\uff1a"
    ' The macro itself stumbled.
    Case "stopped": Written = "\u6309\u94ae\u51fa\u9519\uff0c\u5df2\u505c\u6b62\u3002\u8bf7\u518d\u6309\u4e00\u6b21\uff1b\u8fd8\u4e0d\u884c\uff0c\u8bf7\u628a\u8fd9\u53e5\u8bdd\u53d1\u7ed9\u5b89\u88c5\u7684\u540c\u4e8b\uff1a"
    ' A copy could not be saved for the program.
    Case "no-copy": Written = "\u4e0d\u80fd\u53e6\u5b58\u526f\u672c\u7ed9\u6821\u9a8c\u7a0b\u5e8f\u3002\u8bf7\u770b\u4e34\u65f6\u6587\u4ef6\u5939\u80fd\u4e0d\u80fd\u5199\u3001\u78c1\u76d8\u6ee1\u6ca1\u6ee1\u3002\u8868\u6ca1\u6709\u6539\u52a8\uff1a"
    ' The book was closed while the program worked.
    Case "closed": Written = "\u7b49\u5f85\u65f6\u8868\u5df2\u5173\u95ed\uff0c\u6ca1\u6709\u6539\u52a8\u3002"
    ' Applying failed half-way; marks were taken off again.
    Case "half": Written = "\u6807\u6ce8\u5230\u4e00\u534a\u51fa\u9519\uff0c\u5df2\u7ecf\u64a4\u56de\u3002\u8868\u4e0a\u7684\u6570\u6ca1\u6709\u6539\u52a8\u3002\u539f\u56e0\uff1a"
    ' What clearing took away: highlights, notes, sheets.
    Case "cleared": Written = "\u6807\u8272\u3001\u6279\u6ce8\u548c\u6821\u9a8c\u7ed3\u679c\u9875\u5df2\u6e05\u9664\u3002"
    Case "nothing-to-clear": Written = "\u8fd9\u4e2a\u8868\u91cc\u6ca1\u6709\u672c\u5de5\u5177\u7684\u6807\u8272\u3001\u6279\u6ce8\u548c\u6821\u9a8c\u7ed3\u679c\u9875\u3002"
    ' No further problem; none at all.
    Case "no-next": Written = "\u6ca1\u6709\u6807\u51fa\u7684\u95ee\u9898\u3002\u8bf7\u5148\u6309\u201c\u6821\u9a8c\u201d\u3002"
    Case "next": Written = "\u4e0b\u4e00\u5904\uff1a"
    ' Status bar.
    Case "working": Written = "\u7ee9\u6548\u81ea\u8bc4\uff1a\u6b63\u5728\u5904\u7406\uff0c\u8bf7\u7a0d\u7b49\u2026\u2026"
    ' The sheet with the buttons, and the result sheet.
    Case "own-sheet": Written = "\u4f7f\u7528\u8bf4\u660e"
    Case "note-mark": Written = "\u3010\u6821\u9a8c\u3011"
    ' Diagnosis: macros, program, mode, spreadsheet, settings, folder.
    Case "doctor-addin": Written = "\u6309\u94ae\u6240\u5728\u6587\u4ef6\uff1a"
    ' The program that the settings name is not there.
    Case "doctor-gone": Written = "\u8bbe\u7f6e\u91cc\u5199\u7684\u7a0b\u5e8f\u4e0d\u5728\u4e86\uff0c\u8bf7\u91cd\u65b0\u5b89\u88c5\u6216\u6539\u8bbe\u7f6e\uff1a"
    Case "doctor-program": Written = "\u6821\u9a8c\u7a0b\u5e8f\uff1a"
    Case "doctor-path": Written = "\uff08\u5728\u7cfb\u7edf\u8def\u5f84\u91cc\u627e\uff09"
    Case "doctor-mode": Written = "\u5199\u56de\u65b9\u5f0f\uff1a"
    Case "mode-live": Written = "\u76f4\u63a5\u5199\u56de\uff08live\uff09"
    Case "mode-file": Written = "\u7ecf\u7531\u526f\u672c\uff08file\uff09"
    ' Why this mode: set by hand; automatic in Excel on Windows; automatic elsewhere; what happened last.
    Case "mode-set": Written = "\uff0c\u8bbe\u7f6e\u6587\u4ef6\u6307\u5b9a"
    Case "auto-live": Written = "\uff0c\u81ea\u52a8\u9009\u5b9a\uff1aWindows\u4e0a\u7684Excel\uff1b\u8fde\u4e0d\u4e0a\u65f6\u6539\u7ecf\u526f\u672c"
    Case "auto-file": Written = "\uff0c\u81ea\u52a8\u9009\u5b9a\uff1a\u4e0d\u662fWindows\u4e0a\u7684Excel"
    Case "doctor-detour": Written = "\u4e0a\u6b21\u6539\u7ecf\u526f\u672c\uff0c\u539f\u56e0\uff1a"
    Case "doctor-host": Written = "\u8868\u683c\u8f6f\u4ef6\uff1a"
    Case "doctor-settings": Written = "\u8bbe\u7f6e\u6587\u4ef6\uff1a"
    Case "none": Written = "\u65e0"
    Case "doctor-no-answer": Written = "\u6821\u9a8c\u7a0b\u5e8f\u6ca1\u6709\u56de\u5e94\uff1a\u8bf7\u770b\u4e0a\u9762\u7684\u7a0b\u5e8f\u5728\u4e0d\u5728\uff1b\u521a\u88c5\u597d\u65f6\u6740\u6bd2\u8f6f\u4ef6\u53ef\u80fd\u8fd8\u5728\u68c0\u67e5\uff0c\u8fc7\u4e00\u4f1a\u513f\u518d\u8bd5\u3002"
    Case "song": Written = "\u5b8b\u4f53"
    Case Else: Written = key
    End Select
End Function
