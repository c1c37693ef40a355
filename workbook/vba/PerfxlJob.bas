Attribute VB_Name = "PerfxlJob"
Option Explicit
' One button from press to answer, in live mode or in file mode. A wait always has an end.

Private Const ATTACH_SECONDS As Long = 15

Private isBusy As Boolean
' A live job, between two looks at its folder.
Private liveAction As String
Private liveFolder As String
Private liveBook As Object
Private liveSheet As String
Private liveCell As String
Private attachUntil As Double
Private answerUntil As Double

' Whether a press is still being worked on; then it is said.
Public Function Busy() As Boolean
    Busy = isBusy
    If isBusy Then Tell Words("busy"), True
End Function

' Carries out an action on a book that was saved before.
Public Sub RunAction(ByVal action As String, ByVal wb As Object)
    If Busy() Then Exit Sub
    If wb.Path = "" Then
        Tell Words("never-saved") & wb.Name, True
        Exit Sub
    End If
    isBusy = True
    On Error GoTo Failed
    Working True
    If ChosenMode() = "live" Then
        StartLive action, wb
    Else
        RunFile action, wb, ShownSheet(wb), SelectedCell(wb)
        isBusy = False
    End If
    Exit Sub
Failed:
    EndLive
    Tell Words("stopped") & Err.Description, True
End Sub

' What the program says of itself; "" when it does not answer.
Public Function AskProgram(ByVal seconds As Long) As String
    Dim folder As String
    folder = NewFolder()
    If Not Started("job doctor --dir " & Quoted(folder)) Then
        DropFolder folder, ""
        Exit Function
    End If
    If Waited(folder & Slash() & "done.txt", seconds) Then AskProgram = Answer(folder)
    DropFolder folder, ""
End Function

Private Sub RunFile(ByVal action As String, ByVal wb As Object, ByVal sheet As String, ByVal cell As String)
    Dim folder As String, copy As String, arguments As String, called As String
    folder = NewFolder()
    copy = CopyName(wb)
    called = wb.Name
    If Not CopyTo(wb, folder & Slash() & copy) Then
        DropFolder folder, copy
        Tell Words("no-copy") & folder, True
        Exit Sub
    End If
    arguments = "job " & action & " " & Quoted(folder & Slash() & copy) & " --dir " & Quoted(folder) & _
        " --sheet " & Quoted(Esc(sheet)) & " --cell " & Quoted(cell) & " --original " & Quoted(Esc(FullNameOf(wb)))
    If Not Started(arguments) Then
        DropFolder folder, copy
        Tell Words("no-program") & ProgramPath(), True
        Exit Sub
    End If
    If Not Waited(folder & Slash() & "done.txt", TimeLimit()) Then
        Tell Words("timeout") & folder, True
        Exit Sub
    End If
    If Not IsOpen(wb, called) Then
        DropFolder folder, copy
        Tell Words("closed"), True
        Exit Sub
    End If
    Finish wb, folder, copy
End Sub

' Applies what the program wrote, and says what it says.
Private Sub Finish(ByVal wb As Object, ByVal folder As String, ByVal copy As String)
    Dim lines As Collection, trouble As String, message As String, isFailed As Boolean
    message = Answer(folder)
    isFailed = (Status(folder) <> "ok")
    If Not isFailed Then
        Set lines = FileLines(folder & Slash() & "changes.tsv")
        If Not IsWhole(lines) Then
            Tell Words("broken") & folder, True
            Exit Sub
        End If
        trouble = ApplyLines(wb, lines)
        If trouble <> "" Then
            message = trouble
            isFailed = True
        End If
    End If
    DropFolder folder, copy
    Tell message, isFailed
End Sub

' Live mode: Excel takes no calls from outside while a macro runs, so this one ends at once and
' looks again every second.
Private Sub StartLive(ByVal action As String, ByVal wb As Object)
    Dim arguments As String
    liveFolder = NewFolder()
    liveAction = action
    Set liveBook = wb
    liveSheet = ShownSheet(wb)
    liveCell = SelectedCell(wb)
    arguments = "live " & action & " --hwnd " & WindowHandle() & " --book " & Quoted(FullNameOf(wb)) & _
        " --dir " & Quoted(liveFolder) & " --sheet " & Quoted(liveSheet) & " --cell " & Quoted(liveCell)
    If Not Started(arguments) Then
        EndLive
        Tell Words("no-program") & ProgramPath(), True
        Exit Sub
    End If
    attachUntil = CDbl(Now) + ATTACH_SECONDS / 86400#
    answerUntil = CDbl(Now) + TimeLimit() / 86400#
    LookLater
End Sub

' Called by the clock.
Public Sub PerfxlLook()
    Dim message As String, isFailed As Boolean
    If liveFolder = "" Then Exit Sub
    On Error GoTo Failed
    If FileExists(liveFolder & Slash() & "done.txt") Then
        message = Answer(liveFolder)
        isFailed = (Status(liveFolder) <> "ok")
        EndLive
        Tell message, isFailed
    ElseIf CDbl(Now) > answerUntil Then
        message = Words("timeout") & liveFolder
        liveFolder = "" ' kept
        EndLive
        Tell message, True
    ElseIf CDbl(Now) > attachUntil And Not FileExists(liveFolder & Slash() & "attached.txt") Then
        InsteadOfLive
    Else
        LookLater
    End If
    Exit Sub
Failed:
    EndLive
    Tell Words("stopped") & Err.Description, True
End Sub

' The program could not reach the book: its folder goes, which makes it give up, and the same is
' done by way of a copy.
Private Sub InsteadOfLive()
    Dim wb As Object, action As String, sheet As String, cell As String
    Set wb = liveBook
    action = liveAction
    sheet = liveSheet
    cell = liveCell
    EndLive
    isBusy = True
    On Error GoTo Failed
    RunFile action, wb, sheet, cell
    isBusy = False
    Exit Sub
Failed:
    EndLive
    Tell Words("stopped") & Err.Description, True
End Sub

Private Sub LookLater()
    Dim macro As String
    macro = "'" & ThisWorkbook.Name & "'!PerfxlLook"
    If IsLibreOffice() Then macro = "PerfxlJob.PerfxlLook" ' it knows its own by the module
    Application.OnTime Now + 1 / 86400#, macro
End Sub

Private Sub EndLive()
    If liveFolder <> "" Then DropFolder liveFolder, ""
    liveFolder = ""
    Set liveBook = Nothing
    isBusy = False
    Working False
End Sub

Private Function Status(ByVal folder As String) As String
    Dim lines As Collection
    Set lines = FileLines(folder & Slash() & "done.txt")
    If lines.Count > 0 Then Status = lines(1)
End Function

Private Function Answer(ByVal folder As String) As String
    Dim lines As Collection
    Set lines = FileLines(folder & Slash() & "done.txt")
    Answer = Words("broken") & folder
    If lines.Count > 1 Then Answer = Uni(lines(2))
End Function

Private Function IsOpen(ByVal wb As Object, ByVal called As String) As Boolean
    On Error Resume Next
    IsOpen = (wb.Name = called)
End Function
