Attribute VB_Name = "PerfxlProgram"
Option Explicit
' Starts the program, and looks after the folder in which a job is handed over.

Private Const NO_CMD As String = "HKCU\Software\Policies\Microsoft\Windows\System\DisableCMD"

' A folder of its own for a job.
Public Function NewFolder() As String
    Dim root As String, number As Long
    root = Environ("TEMP")
    If root = "" Then root = Environ("TMPDIR")
    If root = "" Then root = "/tmp"
    If Right(root, 1) = Slash() Then root = Left(root, Len(root) - 1)
    Randomize
    On Error Resume Next
    For number = 1 To 100
        ' By chance, since two programs may press in the same second.
        NewFolder = root & Slash() & "perfxl_" & CLng(Rnd * 1000000000)
        If Dir(NewFolder, 16) = "" Then
            Err.Clear
            MkDir NewFolder
            If Err.Number = 0 Then Exit Function
        End If
    Next
End Function

Public Sub DropFolder(ByVal folder As String, ByVal copy As String)
    Dim names As Variant, i As Long, number As Long
    On Error Resume Next
    names = Array(copy, "changes.tsv", "done.txt", "waiting.txt", "attached.txt", "applying.txt", "ended.txt")
    For number = 1 To 3 ' ended.txt may come meanwhile
        For i = 0 To UBound(names)
            If names(i) <> "" Then
                If FileExists(folder & Slash() & names(i)) Then Kill folder & Slash() & names(i)
            End If
        Next
        RmDir folder
        If Dir(folder, 16) = "" Then Exit Sub
    Next
End Sub

' Starts the program without waiting; False when it cannot be started.
Public Function Started(ByVal folder As String, ByVal arguments As Variant) As Boolean
    Dim path As String
    path = ProgramPath()
    If InStr(1, path, Slash()) > 0 And Not FileExists(path) Then Exit Function
    If Environ("OS") = "Windows_NT" Then
        Started = StartedInWindows(path, arguments, folder)
    Else
        On Error Resume Next
        Shell UnixLine(path, arguments, folder), 0
        Started = (Err.Number = 0)
    End If
End Function

' Where cmd may not be used the program is started by itself, and its end is not seen.
Private Function StartedInWindows(ByVal path As String, ByVal arguments As Variant, ByVal folder As String) As Boolean
    Dim host As Object, whole As String, alone As String, isForbidden As Boolean
    whole = WindowsLine(Environ("ComSpec"), path, arguments, folder)
    alone = PlainLine(path, arguments)
    On Error Resume Next
    Set host = CreateObject("WScript.Shell")
    isForbidden = (host.RegRead(NO_CMD) <> 0)
    If Err.Number <> 0 Then isForbidden = False ' no such policy
    Err.Clear
    If InStr(1, whole, "%") > 0 Then
        Shell alone, 0 ' the others would take it for a variable
    Else
        If isForbidden Then whole = alone
        RunHidden host, whole
        If Err.Number <> 0 And whole <> alone Then
            Err.Clear
            RunHidden host, alone
        End If
    End If
    StartedInWindows = (Err.Number = 0)
End Function

Private Sub RunHidden(ByVal host As Object, ByVal command As String)
    If host Is Nothing Then
        Shell command, 0
    Else
        host.Run command, 0, False
    End If
End Sub

' How a job stands: "done" it is answered, "ended" the program is gone without an answer, "" neither.
Public Function Outcome(ByVal folder As String) As String
    Dim isOver As Boolean
    isOver = FileExists(folder & Slash() & "ended.txt") ' asked first: an answer is there before
    If FileExists(folder & Slash() & "done.txt") Then
        Outcome = "done"
    ElseIf isOver Then
        Outcome = "ended"
    End If
End Function

' Waits for the outcome with an end; "timeout" then. The spreadsheet stays usable meanwhile.
Public Function Waited(ByVal folder As String, ByVal seconds As Long) As String
    Dim last As Double
    last = CDbl(Now) + seconds / 86400#
    Do
        Waited = Outcome(folder)
        If Waited <> "" Then Exit Function
        DoEvents
    Loop While CDbl(Now) < last
    Waited = "timeout"
End Function

' In live mode one file goes from hand to hand: the program makes waiting.txt attached.txt when it
' holds the book, and applying.txt before it changes anything. A renaming has one winner.
Public Sub PutWaiting(ByVal folder As String)
    Dim number As Integer
    number = FreeFile
    Open folder & Slash() & "waiting.txt" For Output As #number
    Print #number, "x"
    Close #number
End Sub

' Whether the program has not got hold of the book.
Public Function IsWaiting(ByVal folder As String) As Boolean
    IsWaiting = FileExists(folder & Slash() & "waiting.txt")
End Function

' Takes the file away: True when the program can change nothing any more, however late it comes.
Public Function Withdrawn(ByVal folder As String) As Boolean
    Dim names As Variant, i As Long
    On Error Resume Next
    names = Array("waiting.txt", "attached.txt")
    For i = 0 To 1
        If FileExists(folder & Slash() & names(i)) Then Kill folder & Slash() & names(i)
    Next
    Withdrawn = True
    names = Array("waiting.txt", "attached.txt", "applying.txt")
    For i = 0 To 2
        If FileExists(folder & Slash() & names(i)) Then Withdrawn = False
    Next
End Function
