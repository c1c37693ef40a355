Attribute VB_Name = "PerfxlApply"
Option Explicit
' What the program wrote, put into the open book. Nothing is judged here: see the program's
' description of changes.tsv for the lines.

' Whether a file of changes is there to its end.
Public Function IsWhole(ByVal lines As Collection) As Boolean
    If lines.Count > 0 Then IsWhole = (lines(lines.Count) = "end")
End Function

' Applies the lines; "" when all went well, else what to tell. Then the book is as it was before,
' but for marks of an earlier check.
' `typed` takes the cells that somebody changed while the program worked: they are left as they are.
Public Function ApplyLines(ByVal wb As Object, ByVal lines As Collection, ByRef typed As String) As String
    Dim opened As New Collection, undo As New Collection, wasUpdating As Boolean, hadEvents As Boolean
    If lines.Count = 1 Then Exit Function
    ApplyLines = GoneSheet(wb, lines)
    If ApplyLines <> "" Then
        ApplyLines = Words("sheet-gone") & ApplyLines
        Exit Function
    End If
    If ChangesBook(lines) Then
        ApplyLines = Hindrance(wb, SheetsIn(wb, lines), opened)
    End If
    If ApplyLines <> "" Then
        Relock opened
        Exit Function
    End If
    wasUpdating = Application.ScreenUpdating
    hadEvents = Application.EnableEvents
    On Error GoTo Failed
    Application.EnableEvents = False
    Application.ScreenUpdating = False
    ApplyAll wb, lines, undo, typed
    On Error Resume Next
    GoTo Restored
Failed:
    ApplyLines = Words("half") & Err.Description
    Resume Undone
Undone:
    On Error Resume Next
    PutBack undo
    RemoveMarks wb
Restored:
    Relock opened
    Application.EnableEvents = hadEvents
    Application.ScreenUpdating = wasUpdating
End Function

' Takes our marks off; what to tell.
Public Function ClearBook(ByVal wb As Object, ByRef isRefused As Boolean) As String
    Dim opened As New Collection, marked As New Collection, ws As Object, wasUpdating As Boolean, hadEvents As Boolean
    For Each ws In wb.Worksheets
        If HasMarks(ws) Then marked.Add ws
    Next
    ClearBook = Hindrance(wb, marked, opened)
    isRefused = (ClearBook <> "")
    If isRefused Then
        Relock opened
        Exit Function
    End If
    wasUpdating = Application.ScreenUpdating
    hadEvents = Application.EnableEvents
    On Error GoTo Failed
    Application.EnableEvents = False
    Application.ScreenUpdating = False
    ClearBook = Words("nothing-to-clear")
    If RemoveMarks(wb) > 0 Then ClearBook = Words("cleared")
    GoTo Restored
Failed:
    isRefused = True
    ClearBook = Words("half") & Err.Description
    Resume Restored
Restored:
    On Error Resume Next
    Relock opened
    Application.EnableEvents = hadEvents
    Application.ScreenUpdating = wasUpdating
End Function

Private Sub ApplyAll(ByVal wb As Object, ByVal lines As Collection, ByVal undo As Collection, ByRef typed As String)
    Dim one As Variant, fields As Variant, page As Object, head As Variant, cell As Object
    For Each one In lines
        fields = Split(one, vbTab)
        Select Case fields(0)
        Case "clear"
            RemoveMarks wb
        Case "formula"
            Set cell = wb.Worksheets(Uni(fields(1))).Range(fields(2))
            If StillStands(cell, Uni(fields(4))) Then
                PutFormula cell, Uni(fields(3)), undo
            Else
                typed = typed & " " & fields(2)
            End If
        Case "format"
            AddFormat wb.Worksheets(Uni(fields(1))), fields
        Case "note"
            AddNote wb.Worksheets(Uni(fields(1))), fields(2), Uni(fields(3))
        Case "page"
            head = fields
            Set page = NewPage(wb, fields)
        Case "open"
            OpenFile Uni(fields(1))
        Case "end"
            If Not page Is Nothing Then FinishPage page, head
        Case Else
            PutLine page, fields
        End Select
    Next
End Sub

' Whether a cell holds what it held when the program read it.
Public Function StillStands(ByVal cell As Object, ByVal stood As String) As Boolean
    Dim held As Variant
    If cell.HasFormula Then Exit Function
    held = cell.Value
    If IsError(held) Then Exit Function
    If VarType(held) = 8 Or IsEmpty(held) Then
        StillStands = (Trim(CStr(held)) = stood)
    ElseIf IsNumeric(held) And stood <> "" Then
        StillStands = (Abs(CDbl(held) - Val(stood)) < 0.000000001 * (1 + Abs(Val(stood))))
    End If
End Function

' In a cell formatted as text Excel would keep the formula as a text, and a text as digits.
Public Sub PutFormula(ByVal cell As Object, ByVal formula As String, ByVal undo As Collection)
    Dim former As String, look As String
    former = cell.Formula
    If Not cell.HasFormula And VarType(cell.Value) = 8 And former <> "" Then
        If Left(former, 1) <> "'" Then former = "'" & former ' LibreOffice gives it so
    End If
    undo.Add cell
    undo.Add former
    look = cell.NumberFormat
    If look = "@" Then cell.NumberFormat = "General"
    cell.Formula = formula
    If look = "@" Then cell.NumberFormat = look
End Sub

Private Sub PutBack(ByVal undo As Collection)
    Dim i As Long
    For i = undo.Count - 1 To 1 Step -2
        undo(i).Formula = undo(i + 1)
    Next
End Sub

Private Function ChangesBook(ByVal lines As Collection) As Boolean
    Dim one As Variant, kind As String
    For Each one In lines
        kind = Split(one, vbTab)(0)
        If kind <> "open" And kind <> "end" Then ChangesBook = True
    Next
End Function

' The name of a sheet that is to change and is not there any more, "" when all are.
Private Function GoneSheet(ByVal wb As Object, ByVal lines As Collection) As String
    Dim one As Variant, fields As Variant, ws As Object, there As String
    there = vbLf
    For Each ws In wb.Worksheets
        there = there & ws.Name & vbLf
    Next
    For Each one In lines
        fields = Split(one, vbTab)
        Select Case fields(0)
        Case "formula", "format", "note"
            If InStr(1, there, vbLf & Uni(fields(1)) & vbLf) = 0 Then GoneSheet = Uni(fields(1))
        End Select
    Next
End Function

' The sheets that change; all that carry marks where these are taken off first. LibreOffice makes
' no cell style, and so no highlight, while any sheet is locked: all of them there.
Private Function SheetsIn(ByVal wb As Object, ByVal lines As Collection) As Collection
    Dim one As Variant, fields As Variant, seen As String, ws As Object, found As New Collection, isAll As Boolean
    isAll = IsLibreOffice()
    seen = vbLf
    For Each one In lines
        fields = Split(one, vbTab)
        Select Case fields(0)
        Case "clear"
            For Each ws In wb.Worksheets
                If (isAll Or HasMarks(ws)) And InStr(1, seen, vbLf & ws.Name & vbLf) = 0 Then
                    seen = seen & ws.Name & vbLf
                    found.Add ws
                End If
            Next
        Case "formula", "format", "note"
            If InStr(1, seen, vbLf & Uni(fields(1)) & vbLf) = 0 Then
                seen = seen & Uni(fields(1)) & vbLf
                found.Add wb.Worksheets(Uni(fields(1)))
            End If
        End Select
    Next
    Set SheetsIn = found
End Function

' Why a book cannot be changed, "" when it can; then the sheets are open. All is looked at before
' the first change.
Private Function Hindrance(ByVal wb As Object, ByVal changed As Collection, ByVal opened As Collection) As String
    Dim ws As Object, shut As String
    If IsReadOnly(wb) Then
        Hindrance = Words("read-only") & wb.Name
        Exit Function
    End If
    If IsShared(wb) Then
        Hindrance = Words("shared") & wb.Name
        Exit Function
    End If
    If wb.ProtectStructure Then
        Hindrance = Words("structure")
        Exit Function
    End If
    For Each ws In changed
        If Not Unlocked(ws, opened) Then shut = shut & " " & ws.Name
    Next
    If shut <> "" Then Hindrance = Words("locked") & shut
End Function

Private Sub OpenFile(ByVal path As String)
    Dim starter As Object
    On Error Resume Next ' its path is told anyway
    If Environ("OS") = "Windows_NT" Then
        Set starter = CreateObject("WScript.Shell")
        starter.Run Quoted(path), 1, False
    End If
End Sub
