Attribute VB_Name = "PerfxlSettings"
Option Explicit
' perfxl.ini: lines key=value, beside this workbook or in the user's folder; the first one counts.

Private Const FILE_NAME As String = "perfxl.ini"
Private Const DEFAULT_TIMEOUT As Long = 120

' Where the settings are; "" when there are none.
Public Function SettingsFile() As String
    Dim places As Variant, i As Long
    places = Array(ThisWorkbook.Path, UserFolder())
    For i = 0 To UBound(places)
        If places(i) <> "" Then
            If FileExists(places(i) & Slash() & FILE_NAME) Then
                SettingsFile = places(i) & Slash() & FILE_NAME
                Exit Function
            End If
        End If
    Next
End Function

' The last value of a key, "" when it is not there.
Public Function Setting(ByVal key As String) As String
    Dim one As Variant, at As Long, path As String
    path = SettingsFile()
    If path = "" Then Exit Function
    For Each one In FileLines(path)
        at = InStr(1, one, "=")
        If at > 1 And Left(one, 1) <> "#" Then
            If LCase(Trim(Left(one, at - 1))) = key Then Setting = Uni(Trim(Mid(one, at + 1)))
        End If
    Next
End Function

' Seconds that a button waits.
Public Function TimeLimit() As Long
    Dim told As String
    told = Setting("timeout")
    TimeLimit = DEFAULT_TIMEOUT
    If IsNumeric(told) Then
        If Val(told) >= 5 And Val(told) <= 3600 Then TimeLimit = CLng(Val(told))
    End If
End Function

' live or file; automatic is live only in real Excel on Windows.
Public Function ChosenMode() As String
    ChosenMode = LCase(Setting("mode"))
    If ChosenMode = "live" Or ChosenMode = "file" Then Exit Function
    ChosenMode = "file"
    If IsRealExcel() Then ChosenMode = "live"
End Function

' The program: what the settings say, else beside this workbook, else by the system's path.
Public Function ProgramPath() As String
    Dim root As String, tries As Variant, i As Long
    ProgramPath = Setting("program")
    If ProgramPath <> "" Then Exit Function
    root = ThisWorkbook.Path & Slash()
    tries = Array("perfxl.exe", "perfxl" & Slash() & "perfxl.exe", "perfxl" & Slash() & "perfxl")
    For i = 0 To UBound(tries)
        If ThisWorkbook.Path <> "" And FileExists(root & tries(i)) Then
            ProgramPath = root & tries(i)
            Exit Function
        End If
    Next
    ProgramPath = "perfxl"
End Function

Private Function UserFolder() As String
    If Environ("APPDATA") <> "" Then
        UserFolder = Environ("APPDATA") & Slash() & "perfxl"
    ElseIf Environ("XDG_CONFIG_HOME") <> "" Then
        UserFolder = Environ("XDG_CONFIG_HOME") & Slash() & "perfxl"
    ElseIf Environ("HOME") <> "" Then
        UserFolder = Environ("HOME") & "/.config/perfxl"
    End If
End Function
