Attribute VB_Name = "PerfxlLocks"
Option Explicit
' Protected sheets: opened where no password stands in the way (forms are issued so, against slips
' of the hand), and locked again as they were.


' Opens a sheet if it is protected; False when a password stands in the way.
Public Function Unlocked(ByVal ws As Object, ByVal kept As Collection) As Boolean
    Dim flags As Variant
    Unlocked = True
    If Not IsLocked(ws) Then Exit Function
    flags = FlagsOf(ws)
    On Error Resume Next
    ws.Unprotect ""
    On Error GoTo 0
    Unlocked = Not IsLocked(ws)
    If Unlocked Then
        kept.Add ws
        kept.Add flags
    End If
End Function

' Locks again what Unlocked opened.
Public Sub Relock(ByVal kept As Collection)
    Dim i As Long, f As Variant
    On Error Resume Next ' a sheet may be gone with the book
    For i = 1 To kept.Count Step 2
        f = kept(i + 1)
        If IsLibreOffice() Then
            kept(i).Protect
        Else
            kept(i).Protect "", f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9), f(10), f(11), f(12), f(13), f(14)
        End If
    Next
End Sub

Private Function IsLocked(ByVal ws As Object) As Boolean
    If IsLibreOffice() Then
        IsLocked = ws.ProtectContents
    Else
        IsLocked = ws.ProtectContents Or ws.ProtectDrawingObjects
    End If
End Function

Private Function FlagsOf(ByVal ws As Object) As Variant
    Dim f(14) As Variant, p As Object
    f(3) = False ' for users only: lasts for a session, and not beyond Unprotect
    If Not IsLibreOffice() Then
        Set p = ws.Protection
        f(0) = ws.ProtectDrawingObjects
        f(1) = ws.ProtectContents
        f(2) = ws.ProtectScenarios
        f(4) = p.AllowFormattingCells
        f(5) = p.AllowFormattingColumns
        f(6) = p.AllowFormattingRows
        f(7) = p.AllowInsertingColumns
        f(8) = p.AllowInsertingRows
        f(9) = p.AllowInsertingHyperlinks
        f(10) = p.AllowDeletingColumns
        f(11) = p.AllowDeletingRows
        f(12) = p.AllowSorting
        f(13) = p.AllowFiltering
        f(14) = p.AllowUsingPivotTables
    End If
    FlagsOf = f
End Function
