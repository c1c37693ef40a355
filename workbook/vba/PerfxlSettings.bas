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
    ChosenMode = "file"
    If IsRealExcel() Then ChosenMode = "live"
    If IsModeSet() Then ChosenMode = LCase(Setting("mode"))
End Function

' Whether the settings name one of the two; otherwise live mode may turn to a copy by itself.
Public Function IsModeSet() As Boolean
    Dim told As String
    told = LCase(Setting("mode"))
    IsModeSet = (told = "live" Or told = "file")
End Function

Public Function ModeReason() As String
    ModeReason = Words("auto-file")
    If IsRealExcel() Then ModeReason = Words("auto-live")
    If IsModeSet() Then ModeReason = Words("mode-set")
End Function

' The program: what the settings say, else beside this workbook, else where the packages put it,
' else by the system's path. What the settings name and is gone is told where nothing else is there.
Public Function ProgramPath() As String
    Dim tries As Variant, i As Long
    ProgramPath = Setting("program")
    If ProgramPath <> "" And Not IsProgramGone() Then Exit Function
    tries = Array(Beside("perfxl.exe"), Beside("perfxl" & Slash() & "perfxl.exe"), Beside("perfxl" & Slash() & "perfxl"), _
        Installed("app\perfxl.exe"), Installed("venv\Scripts\perfxl.exe"))
    For i = 0 To UBound(tries)
        If tries(i) <> "" Then
            If FileExists(tries(i)) Then
                ProgramPath = tries(i)
                Exit Function
            End If
        End If
    Next
    If ProgramPath = "" Then ProgramPath = "perfxl"
End Function

' Whether the settings name a file that is not there.
Public Function IsProgramGone() As Boolean
    Dim named As String
    named = Setting("program")
    If InStr(1, named, Slash()) > 0 Then IsProgramGone = Not FileExists(named)
End Function

Private Function Beside(ByVal name As String) As String
    If ThisWorkbook.Path <> "" Then Beside = ThisWorkbook.Path & Slash() & name
End Function

' Where install.cmd puts the program and where the offline bundle puts its Python.
Private Function Installed(ByVal name As String) As String
    If Environ("LOCALAPPDATA") <> "" Then Installed = Environ("LOCALAPPDATA") & "\perfxl\" & name
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
