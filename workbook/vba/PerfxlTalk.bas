Attribute VB_Name = "PerfxlTalk"
Option Explicit
' All that is said to the officer goes through here.

Private Const LAST_CELL As String = "perfxl_last"

' A message box; it also stays to be read under the buttons, where there is such a sheet.
Public Sub Tell(ByVal text As String, Optional ByVal isWarning As Boolean = False)
    Dim icon As Long, pieces As Collection, title As String, i As Long
    Working False
    Remember text
    icon = 64
    If isWarning Then icon = 48
    Set pieces = Pages(text)
    For i = 1 To pieces.Count
        title = Words("title")
        If pieces.Count > 1 Then title = title & " " & i & "/" & pieces.Count
        MsgBox pieces(i), icon, title
    Next
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

' Not in an add-in, where nobody sees it: a macro that writes into a cell empties Excel's list of
' what can be undone.
Private Sub Remember(ByVal text As String)
    Dim wasSaved As Boolean, isUnseen As Boolean
    On Error Resume Next
    isUnseen = ThisWorkbook.IsAddin
    If isUnseen Then Exit Sub
    wasSaved = ThisWorkbook.Saved
    ThisWorkbook.Worksheets(Words("own-sheet")).Range(LAST_CELL).Value = text
    If wasSaved Then ThisWorkbook.Saved = True
End Sub
