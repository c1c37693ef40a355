Attribute VB_Name = "PerfxlTalk"
Option Explicit
' All that is said to the officer goes through here.

Private Const LAST_CELL As String = "perfxl_last"

' A message box; it also stays to be read under the buttons, where there is such a sheet.
Public Sub Tell(ByVal text As String, Optional ByVal isWarning As Boolean = False)
    Dim icon As Long
    Working False
    Remember text
    icon = 64
    If isWarning Then icon = 48
    MsgBox text, icon, Words("title")
End Sub

' Said without a box that has to be closed.
Public Sub Whisper(ByVal text As String)
    Remember text
    ShowStatus text
End Sub

' Shows or takes away that something is going on.
Public Sub Working(ByVal isOn As Boolean)
    If isOn Then
        ShowStatus Words("working")
    Else
        ShowStatus False
    End If
End Sub

' LibreOffice takes it for a progress bar, and falls over where its window is not shown.
Private Sub ShowStatus(ByVal status As Variant)
    If IsLibreOffice() Then Exit Sub
    On Error Resume Next
    Application.StatusBar = status
End Sub

Private Sub Remember(ByVal text As String)
    Dim wasSaved As Boolean
    On Error Resume Next
    wasSaved = ThisWorkbook.Saved
    ThisWorkbook.Worksheets(Words("own-sheet")).Range(LAST_CELL).Value = text
    If wasSaved Then ThisWorkbook.Saved = True
End Sub
