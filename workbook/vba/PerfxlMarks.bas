Attribute VB_Name = "PerfxlMarks"
Option Explicit
' Our notes and result sheets in the open book: put on, taken off, gone through.

Private Const RESULT_MARK As String = "perfxl:result:1"
Private Const LAST_PLACE As Long = 2147483647 ' farther down no note is looked for

' Takes everything of ours off; how many things there were. Protected sheets are open by now.
Public Function RemoveMarks(ByVal wb As Object) As Long
    Dim ws As Object, found As Long
    RemoveMarks = RemoveResults(wb)
    For Each ws In wb.Worksheets
        found = OurFormats(ws, True) + RemoveNotes(ws)
        RemoveMarks = RemoveMarks + found
    Next
    RemoveStyles wb
End Function

' A note; one that stands there stays above ours. A threaded comment leaves no room for one, what is
' wrong stands on the result sheet then.
Public Sub AddNote(ByVal ws As Object, ByVal cell As String, ByVal text As String)
    Dim target As Object, own As Object
    Set target = ws.Range(cell)
    If IsThreaded(target) Then Exit Sub
    Set own = target.Comment
    If own Is Nothing Then
        target.AddComment text
        SizeNote target, text
    Else
        own.Text vbLf & text, Len(own.Text) + 1, False
    End If
End Sub

' To the next cell with a note of ours, behind the selected one, round the whole book.
Public Function ShowNext(ByVal wb As Object) As String
    Dim start As Long, count As Long, i As Long, ws As Object, found As Long, home As Long
    count = wb.Worksheets.Count
    home = Position(wb)
    If home = 0 Then Exit Function
    start = PlaceOf(wb.Worksheets(home).Range(FirstCell(SelectedCell(wb))))
    For i = 0 To count
        Set ws = wb.Worksheets(((home - 1 + i) Mod count) + 1)
        found = 0
        If ws.Visible = -1 Then found = NoteAfter(ws, start)
        If found > 0 Then
            ShowNext = CellAt(ws, found).Address(False, False)
            ShowCell ws, ShowNext
            If IsUnseen(ws.Range(ShowNext)) Then ShowNext = ShowNext & Words("unseen")
            ShowNext = ws.Name & "!" & ShowNext
            Exit Function
        End If
        start = -1
    Next
End Function

' Whether a cell's row or column is hidden, by a filter for instance.
Private Function IsUnseen(ByVal cell As Object) As Boolean
    Dim isHidden As Boolean
    On Error Resume Next
    isHidden = cell.EntireRow.Hidden
    If Not isHidden Then isHidden = cell.EntireColumn.Hidden
    IsUnseen = isHidden
End Function

Public Function IsResult(ByVal ws As Object) As Boolean
    Dim i As Long
    On Error Resume Next ' a cell with an error has no text
    For i = 1 To 3
        If InStr(1, CStr(ws.Cells(i, 1).Value), RESULT_MARK) > 0 Then IsResult = True
    Next
End Function

Public Function HasMarks(ByVal ws As Object) As Boolean
    HasMarks = NoteAfter(ws, -1) > 0 Or OurFormats(ws, False) > 0
End Function

Private Function RemoveResults(ByVal wb As Object) As Long
    Dim i As Long, alerts As Boolean
    alerts = Application.DisplayAlerts
    Application.DisplayAlerts = False
    For i = wb.Worksheets.Count To 1 Step -1
        If IsResult(wb.Worksheets(i)) And wb.Worksheets.Count > 1 Then
            wb.Worksheets(i).Delete
            RemoveResults = RemoveResults + 1
        End If
    Next
    Application.DisplayAlerts = alerts
End Function

Private Function RemoveNotes(ByVal ws As Object) As Long
    Dim places As New Collection, texts As New Collection, i As Long, at As Long
    NotesOf ws, places, texts
    For i = 1 To places.Count
        at = InStr(1, texts(i), Words("note-mark"))
        If at > 0 Then
            Restore CellAt(ws, places(i)), texts(i), at
            RemoveNotes = RemoveNotes + 1
        End If
    Next
End Function

' A note without what we wrote: gone, or as it was before.
Private Sub Restore(ByVal cell As Object, ByVal text As String, ByVal at As Long)
    Dim kept As String
    kept = Left(text, at - 1)
    If Right(kept, 1) = vbLf Then kept = Left(kept, Len(kept) - 1)
    If Right(kept, 1) = vbCr Then kept = Left(kept, Len(kept) - 1)
    If Trim(kept) = "" Then
        cell.Comment.Delete ' clearing shies at merged cells
        Exit Sub
    End If
    If Not IsLibreOffice() Then
        ' Deleting our letters keeps the looks of the others.
        On Error Resume Next
        cell.Comment.Shape.TextFrame.Characters(Len(kept) + 1, Len(text) - Len(kept)).Delete
        On Error GoTo 0
    End If
    If cell.Comment.Text <> kept Then cell.Comment.Text kept
End Sub

' Excel knows threaded comments since 2019 only.
Private Function IsThreaded(ByVal cell As Object) As Boolean
    Dim thread As Object
    On Error Resume Next
    Set thread = cell.CommentThreaded
    IsThreaded = Not (thread Is Nothing)
End Function

Private Sub SizeNote(ByVal cell As Object, ByVal text As String)
    Dim lines As Long
    If IsLibreOffice() Then Exit Sub
    On Error Resume Next
    lines = Len(text) \ 22 + UBound(Split(text, vbLf)) + 1
    If lines > 30 Then lines = 30
    cell.Comment.Visible = False
    cell.Comment.Shape.Width = 225
    cell.Comment.Shape.Height = lines * 12 + 9
    cell.Comment.Shape.TextFrame.Characters.Font.Size = 9
End Sub

Private Function NoteAfter(ByVal ws As Object, ByVal start As Long) As Long
    Dim places As New Collection, texts As New Collection, i As Long
    NotesOf ws, places, texts
    For i = 1 To places.Count
        If places(i) > start And InStr(1, texts(i), Words("note-mark")) > 0 Then
            If NoteAfter = 0 Or places(i) < NoteAfter Then NoteAfter = places(i)
        End If
    Next
End Function

Private Function Position(ByVal wb As Object) As Long
    Dim i As Long, shown As String
    shown = ShownSheet(wb)
    Position = 1 ' a chart sheet is shown
    For i = 1 To wb.Worksheets.Count
        If wb.Worksheets(i).Name = shown Then Position = i
    Next
End Function

Private Function PlaceOf(ByVal cell As Object) As Long
    PlaceOf = LAST_PLACE
    If cell.Row < LAST_PLACE \ 16384 Then PlaceOf = CLng(cell.Row) * 16384 + cell.Column - 1
End Function

Private Function FirstCell(ByVal cell As String) As String
    FirstCell = cell
    If cell = "" Then FirstCell = "A1"
End Function
