Attribute VB_Name = "PerfxlProgram"
Option Explicit
' Starts the program, and looks after the folder in which a job is handed over.

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
    Dim names As Variant, i As Long
    On Error Resume Next
    names = Array(copy, "changes.tsv", "done.txt", "attached.txt")
    For i = 0 To UBound(names)
        If names(i) <> "" Then
            If FileExists(folder & Slash() & names(i)) Then Kill folder & Slash() & names(i)
        End If
    Next
    RmDir folder
End Sub

' Starts the program without waiting; False when it cannot be started.
Public Function Started(ByVal arguments As String) As Boolean
    Dim host As Object, command As String, path As String
    path = ProgramPath()
    If InStr(1, path, Slash()) > 0 And Not FileExists(path) Then Exit Function
    command = Quoted(path) & " " & arguments
    On Error Resume Next
    If Environ("OS") = "Windows_NT" Then Set host = CreateObject("WScript.Shell")
    Err.Clear
    If host Is Nothing Then
        Shell command, 0
    Else
        host.Run command, 0, False
    End If
    Started = (Err.Number = 0)
End Function

' Waits for a file with an end; the program stays usable meanwhile.
Public Function Waited(ByVal path As String, ByVal seconds As Long) As Boolean
    Dim last As Double
    last = CDbl(Now) + seconds / 86400#
    Do
        If FileExists(path) Then
            Waited = True
            Exit Function
        End If
        DoEvents
    Loop While CDbl(Now) < last
End Function
