Attribute VB_Name = "PerfxlJob"
Option Explicit
' One button from press to answer, in file mode. A wait always has an end.

Private isBusy As Boolean

' Whether a press is still being worked on; then it is said.
Public Function Busy() As Boolean
    Busy = isBusy
    If isBusy Then Tell Words("busy"), True
End Function

Public Sub SetBusy(ByVal isOn As Boolean)
    isBusy = isOn
    Working isOn
End Sub

' Carries out an action on a book that was saved before.
Public Sub RunAction(ByVal action As String, ByVal wb As Object)
    If Busy() Then Exit Sub
    If wb.Path = "" Then
        Tell Words("never-saved") & wb.Name, True
        Exit Sub
    End If
    On Error GoTo Failed
    SetBusy True
    If ChosenMode() = "live" Then
        StartLive action, wb
    Else
        RunFile action, wb, wb.Name, ShownSheet(wb), SelectedCell(wb)
        SetBusy False
    End If
    Exit Sub
Failed:
    EndLive
    Tell Words("stopped") & Err.Description, True
End Sub

' What the program says of itself; "" when it does not answer.
Public Function AskProgram(ByVal seconds As Long, ByVal book As String) As String
    Dim folder As String
    folder = NewFolder()
    If Started(folder, Array("job", "doctor", "--dir", folder, "--original", Esc(book))) Then
        If Waited(folder, seconds) = "done" Then AskProgram = Answer(folder)
    End If
    DropFolder folder, ""
End Function

' By way of a copy; the book is the one of the press, whichever is shown meanwhile.
Public Sub RunFile(ByVal action As String, ByVal wb As Object, ByVal called As String, ByVal sheet As String, ByVal cell As String)
    Dim folder As String, copy As String, ending As String, reason As String
    If Not IsOpen(wb, called) Then
        Tell Words("closed"), True
        Exit Sub
    End If
    folder = NewFolder()
    On Error GoTo Failed
    copy = CopyName(wb)
    If Not CopyTo(wb, folder & Slash() & copy) Then
        DropFolder folder, copy
        Tell Words("no-copy") & folder, True
        Exit Sub
    End If
    If Not Started(folder, Array("job", action, folder & Slash() & copy, "--dir", folder, _
            "--sheet", Esc(sheet), "--cell", cell, "--original", Esc(FullNameOf(wb)))) Then
        DropFolder folder, copy
        Tell Words("no-program") & ProgramPath(), True
        Exit Sub
    End If
    ending = Waited(folder, TimeLimit())
    If ending = "ended" Then
        Tell Words("ended") & folder, True
    ElseIf ending = "timeout" Then
        Tell Words("timeout") & folder, True
    ElseIf Not IsOpen(wb, called) Then
        DropFolder folder, copy
        Tell Words("closed"), True
    Else
        Finish wb, folder, copy
    End If
    Exit Sub
Failed:
    reason = Err.Description
    Tell Words("stopped") & reason & vbLf & Words("kept") & folder, True
End Sub

' Applies what the program wrote, and says what it says.
Private Sub Finish(ByVal wb As Object, ByVal folder As String, ByVal copy As String)
    Dim lines As Collection, trouble As String, message As String, typed As String, isFailed As Boolean
    message = Answer(folder)
    isFailed = (Status(folder) <> "ok")
    If Not isFailed Then
        Set lines = FileLines(folder & Slash() & "changes.tsv")
        If Not IsWhole(lines) Then
            Tell Words("broken") & folder, True
            Exit Sub
        End If
        trouble = ApplyLines(wb, lines, typed)
        If typed <> "" Then message = message & vbLf & Words("typed") & typed
        If trouble <> "" Then
            message = trouble
            isFailed = True
        End If
    End If
    DropFolder folder, copy
    Tell message, isFailed
End Sub

' The first line of an answer, and the second one as a text.
Public Function Status(ByVal folder As String) As String
    Dim lines As Collection
    Set lines = FileLines(folder & Slash() & "done.txt")
    If lines.Count > 0 Then Status = lines(1)
End Function

Public Function Answer(ByVal folder As String) As String
    Dim lines As Collection
    Set lines = FileLines(folder & Slash() & "done.txt")
    Answer = Words("broken") & folder
    If lines.Count > 1 Then Answer = Uni(lines(2))
End Function

Public Function IsOpen(ByVal wb As Object, ByVal called As String) As Boolean
    Dim one As Object
    On Error Resume Next
    If wb.Name <> called Then Exit Function
    If Err.Number <> 0 Then Exit Function
    ' LibreOffice's object may answer when its document is gone.
    For Each one In Workbooks
        If one.Name = called Then IsOpen = True
    Next
End Function
