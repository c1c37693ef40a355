Attribute VB_Name = "PerfxlLive"
Option Explicit
' Live mode: Excel takes no calls from outside while a macro runs, so the one that starts the
' program ends at once, and another looks into the job's folder every second.

Private Const ATTACH_SECONDS As Long = 15

' The job, between two looks at its folder.
Private liveAction As String
Private liveFolder As String
Private liveBook As Object
Private liveName As String
Private liveSheet As String
Private liveCell As String
Private attachUntil As Double
Private answerUntil As Double
Private isLastWait As Boolean
' Why a copy was taken instead, the last time.
Private detour As String

Public Sub StartLive(ByVal action As String, ByVal wb As Object)
    liveFolder = NewFolder()
    liveAction = action
    Set liveBook = wb
    liveName = wb.Name
    liveSheet = ShownSheet(wb)
    liveCell = SelectedCell(wb)
    isLastWait = False
    PutWaiting liveFolder
    If Not Started(liveFolder, Array("live", action, "--hwnd", WindowHandle(), "--book", Esc(FullNameOf(wb)), _
            "--dir", liveFolder, "--sheet", Esc(liveSheet), "--cell", liveCell)) Then
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
    Dim how As String
    If liveFolder = "" Then Exit Sub
    On Error GoTo Failed
    how = Outcome(liveFolder)
    If how = "done" Then
        TakeAnswer
    ElseIf how = "ended" Then
        TakeEnd
    ElseIf CDbl(Now) > answerUntil Then
        TakeTime
    ElseIf Not IsModeSet() And CDbl(Now) > attachUntil And IsWaiting(liveFolder) Then
        ' Not withdrawn: it has got hold of the book after all.
        If Withdrawn(liveFolder) Then
            InsteadOfLive Words("no-attach")
        Else
            LookLater
        End If
    Else
        LookLater
    End If
    Exit Sub
Failed:
    EndLive
    Tell Words("stopped") & Err.Description, True
End Sub

' What was tried first and why not, "" when nothing of the kind happened.
Public Function LastDetour() As String
    LastDetour = detour
End Function

Public Sub EndLive()
    If liveFolder <> "" Then DropFolder liveFolder, ""
    liveFolder = ""
    Set liveBook = Nothing
    SetBusy False
End Sub

' A program that never held the book leaves it to a copy, unless live mode was asked for by name.
Private Sub TakeAnswer()
    Dim message As String, isFailed As Boolean
    message = Answer(liveFolder)
    isFailed = (Status(liveFolder) <> "ok")
    If isFailed And IsWaiting(liveFolder) And Not IsModeSet() Then
        InsteadOfLive message
    Else
        EndLive
        Tell message, isFailed
    End If
End Sub

Private Sub TakeEnd()
    If Not Withdrawn(liveFolder) Then
        KeepAndTell Words("half-live")
    ElseIf IsModeSet() Then
        KeepAndTell Words("ended")
    Else
        InsteadOfLive Words("no-attach")
    End If
End Sub

' The time is up. What has begun to change the book gets as much time again.
Private Sub TakeTime()
    If Withdrawn(liveFolder) Then
        KeepAndTell Words("timeout")
    ElseIf isLastWait Then
        KeepAndTell Words("half-live")
    Else
        isLastWait = True
        answerUntil = CDbl(Now) + TimeLimit() / 86400#
        LookLater
    End If
End Sub

Private Sub KeepAndTell(ByVal message As String)
    message = message & liveFolder
    liveFolder = "" ' kept
    EndLive
    Tell message, True
End Sub

' The program could not reach the book; the same is done by way of a copy.
Private Sub InsteadOfLive(ByVal reason As String)
    Dim wb As Object
    detour = reason
    Set wb = liveBook
    EndLive
    SetBusy True
    On Error GoTo Failed
    RunFile liveAction, wb, liveName, liveSheet, liveCell
    SetBusy False
    Exit Sub
Failed:
    EndLive
    Tell Words("stopped") & Err.Description, True
End Sub

Private Sub LookLater()
    Dim macro As String
    macro = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!PerfxlLook"
    If IsLibreOffice() Then macro = "PerfxlLive.PerfxlLook" ' it knows its own by the module
    Application.OnTime Now + 1 / 86400#, macro
End Sub
