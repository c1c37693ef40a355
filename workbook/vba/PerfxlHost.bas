Attribute VB_Name = "PerfxlHost"
Option Explicit
' The program that these macros run in, and what has to be done its own way.
' LibreOffice lacks FormatConditions, Comment.Parent and a selection in a hidden window; there the
' cells' own objects (Range.CellRange) are asked. Late bound, so that Excel compiles it all.

' A row and a column make one Long only so far down; no table of ours lies there.
Private Const LAST_ROW As Long = 131000

Public Function Slash() As String
    Slash = Application.PathSeparator
End Function

' Whether this is Excel itself on Windows: not WPS, which says it is, not LibreOffice.
Public Function IsRealExcel() As Boolean
    Dim place As String, others As Variant, i As Long
    If Environ("OS") <> "Windows_NT" Then Exit Function
    place = LCase(Application.Path)
    others = Array("office6", "kingsoft", "wps", "libreoffice", "openoffice")
    For i = 0 To UBound(others)
        If InStr(1, place, others(i)) > 0 Then Exit Function
    Next
    IsRealExcel = True
End Function

Public Function IsLibreOffice() As Boolean
    Dim inner As Object
    On Error Resume Next
    Set inner = ThisWorkbook.Worksheets(1).Range("A1").CellRange
    IsLibreOffice = Not (inner Is Nothing)
End Function

Public Function HostName() As String
    On Error Resume Next
    If IsLibreOffice() Then
        HostName = "LibreOffice"
    Else
        HostName = Application.Name & " " & Application.Version
    End If
    HostName = HostName & " (" & Application.OperatingSystem & ")"
End Function

' The handle of the program's window, 0 where there is none to be had.
Public Function WindowHandle() As String
    WindowHandle = "0"
    On Error Resume Next
    WindowHandle = CStr(Application.Hwnd)
End Function

' LibreOffice's own sheet, and its document.
Public Function InnerSheet(ByVal ws As Object) As Object
    Set InnerSheet = ws.Range("A1").CellRange.Spreadsheet
End Function

Public Function InnerBook(ByVal wb As Object) As Object
    Set InnerBook = InnerSheet(wb.Worksheets(1)).DrawPage.Forms.Parent
End Function

' LibreOffice's FullName is the bare name.
Public Function FullNameOf(ByVal wb As Object) As String
    FullNameOf = wb.FullName
    If IsLibreOffice() And wb.Path <> "" Then FullNameOf = wb.Path & Slash() & wb.Name
End Function

Public Function IsReadOnly(ByVal wb As Object) As Boolean
    If IsLibreOffice() Then
        IsReadOnly = InnerBook(wb).isReadonly()
    Else
        IsReadOnly = wb.ReadOnly
    End If
End Function

' Whether several people may have it open at once.
Public Function IsShared(ByVal wb As Object) As Boolean
    If IsLibreOffice() Then Exit Function
    On Error Resume Next
    IsShared = wb.MultiUserEditing
End Function

' A copy for the program, with all that is not saved yet. True when it is there.
Public Function CopyTo(ByVal wb As Object, ByVal path As String) As Boolean
    Dim saving As Object, place As String
    On Error Resume Next
    If IsLibreOffice() Then
        ' Its SaveCopyAs would write the old binary format.
        Set saving = CreateObject("com.sun.star.beans.PropertyValue")
        saving.Name = "FilterName"
        saving.Value = "Calc MS Excel 2007 XML"
        place = Replace(Replace(Replace(path, "%", "%25"), " ", "%20"), "#", "%23")
        place = Replace(Replace(place, "?", "%3F"), "\", "/")
        If Left(place, 1) <> "/" Then place = "/" & place ' a drive
        InnerBook(wb).storeToURL "file://" & place, Array(saving)
    Else
        wb.SaveCopyAs path
    End If
    CopyTo = FileExists(path)
End Function

' The name that a copy gets: LibreOffice always writes xlsx.
Public Function CopyName(ByVal wb As Object) As String
    Dim at As Long
    at = InStrRev(wb.Name, ".")
    CopyName = "book.xlsx"
    If at > 0 And Not IsLibreOffice() Then CopyName = "book" & LCase(Mid(wb.Name, at))
End Function

Public Function ShownSheet(ByVal wb As Object) As String
    If IsLibreOffice() Then
        ShownSheet = InnerBook(wb).CurrentController.ActiveSheet.Name
    Else
        ShownSheet = wb.ActiveSheet.Name
    End If
End Function

' The selected cell as A1, "" when no cell is selected.
Public Function SelectedCell(ByVal wb As Object) As String
    Dim chosen As Object
    On Error Resume Next
    If IsLibreOffice() Then
        Set chosen = InnerBook(wb).getCurrentSelection()
        SelectedCell = wb.Worksheets(1).Cells(chosen.RangeAddress.StartRow + 1, chosen.RangeAddress.StartColumn + 1).Address(False, False)
    Else
        SelectedCell = wb.Windows(1).ActiveCell.Address(False, False)
    End If
End Function

Public Sub ShowCell(ByVal ws As Object, ByVal cell As String)
    On Error Resume Next
    If IsLibreOffice() Then
        InnerBook(ws.Parent).CurrentController.setActiveSheet InnerSheet(ws)
        InnerBook(ws.Parent).CurrentController.select ws.Range(cell).CellRange
    Else
        ws.Parent.Activate
        ws.Activate
        ws.Range(cell).Select
    End If
End Sub

' Cells with notes as row * 16384 + column - 1, and what the notes say.
Public Sub NotesOf(ByVal ws As Object, ByVal places As Collection, ByVal texts As Collection)
    Dim i As Long, inner As Object, one As Object
    If IsLibreOffice() Then
        Set inner = InnerSheet(ws).Annotations
        For i = 0 To inner.getCount() - 1
            Set one = inner.getByIndex(i)
            If one.Position.Row < LAST_ROW Then
                places.Add CLng(one.Position.Row + 1) * 16384 + one.Position.Column
                texts.Add one.String
            End If
        Next
    Else
        For i = 1 To ws.Comments.Count
            Set one = ws.Comments(i)
            If one.Parent.Row <= LAST_ROW Then
                places.Add CLng(one.Parent.Row) * 16384 + one.Parent.Column - 1
                texts.Add one.Text
            End If
        Next
    End If
End Sub

Public Function CellAt(ByVal ws As Object, ByVal place As Long) As Object
    Set CellAt = ws.Cells(place \ 16384, (place Mod 16384) + 1)
End Function
