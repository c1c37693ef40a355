Attribute VB_Name = "PerfxlPage"
Option Explicit
' The result sheet, line by line as the program wrote it.

' A new sheet behind all others. fields: page, name, title, marker
Public Function NewPage(ByVal wb As Object, ByVal fields As Variant) As Object
    Dim ws As Object, title As String, marker As String
    title = Uni(fields(2))
    marker = Uni(fields(3))
    If IsLibreOffice() Then ' does not say which one it added
        wb.Worksheets.Add , wb.Sheets(wb.Sheets.Count)
        Set ws = wb.Sheets(wb.Sheets.Count)
    Else
        Set ws = wb.Worksheets.Add(, wb.Sheets(wb.Sheets.Count))
    End If
    ws.Name = FreeName(wb, Uni(fields(1)))
    ws.Range("A1").Value = title & " " & marker
    Set NewPage = ws
End Function

' One line of the page.
Public Sub PutLine(ByVal ws As Object, ByVal fields As Variant)
    Select Case fields(0)
    Case "width"
        ws.Range(ws.Cells(1, CLng(fields(1))), ws.Cells(1, CLng(fields(2)))).ColumnWidth = Val(fields(3))
    Case "height"
        ws.Range(ws.Cells(CLng(fields(1)), 1), ws.Cells(CLng(fields(2)), 1)).RowHeight = Val(fields(3))
    Case "text"
        PutText ws.Range(fields(1)), Uni(fields(2))
    Case "number"
        ws.Range(fields(1)).Value = Val(fields(2))
    Case "link"
        ws.Range(fields(1)).Formula = "=HYPERLINK(" & Literal(Uni(fields(3))) & "," & Literal(Uni(fields(2))) & ")"
    Case "merge"
        ws.Range(fields(1)).Merge
    Case "look"
        PutLook ws, fields
    End Select
End Sub

' What comes last: the marker out of sight, the paper, the lock.
Public Sub FinishPage(ByVal ws As Object, ByVal fields As Variant)
    On Error Resume Next ' what a program may lack
    ShowCell ws, "A1"
    If IsLibreOffice() Then
        FinishInner ws, Len(Uni(fields(2)))
        ws.Protect
        Exit Sub
    End If
    With ws.Range("A1").Characters(Len(Uni(fields(2))) + 2, Len(fields(3))).Font
        .Size = 1
        .Color = 16777215
    End With
    ws.Tab.Color = 192
    Application.ActiveWindow.DisplayGridlines = False
    ws.PageSetup.Orientation = 2
    ws.PageSetup.PaperSize = 9
    ws.PageSetup.Zoom = False
    ws.PageSetup.FitToPagesWide = 1
    ws.PageSetup.FitToPagesTall = False
    ws.Protect "", True, True, False, False, True, True, True, False, False, False, False, False, True, True
End Sub

' The same in LibreOffice: letters by a cursor, paper by a style of its own.
Private Sub FinishInner(ByVal ws As Object, ByVal count As Long)
    Dim cursor As Object, styles As Object, made As Object
    On Error Resume Next
    Set cursor = ws.Range("A1").CellRange.getCellByPosition(0, 0).createTextCursor()
    cursor.gotoStart False
    cursor.goRight count + 1, False
    cursor.gotoEnd True
    cursor.CharHeight = 1
    cursor.CharColor = 16777215
    InnerSheet(ws).TabColor = 12582912
    InnerBook(ws.Parent).CurrentController.ShowGrid = False
    Set styles = InnerBook(ws.Parent).StyleFamilies.getByName("PageStyles")
    Set made = InnerBook(ws.Parent).createInstance("com.sun.star.style.PageStyle")
    If Not styles.hasByName("perfxl_page") Then styles.insertByName "perfxl_page", made
    Set made = styles.getByName("perfxl_page")
    made.IsLandscape = True
    made.Width = 29700
    made.Height = 21000
    made.ScaleToPagesX = 1
    made.ScaleToPagesY = 0
    InnerSheet(ws).PageStyle = "perfxl_page"
End Sub

' A text stays a text, whatever it looks like; one in Chinese does by itself.
Private Sub PutText(ByVal cell As Object, ByVal text As String)
    Dim code As Long
    If text <> "" Then code = AscW(text)
    If code < 0 Then code = code + 65536
    If code >= 13312 And code <= 40959 Then
        cell.Value = text
    Else
        cell.Value = "'" & text
    End If
End Sub

' fields: look, font, size, color, bold, underlined, fill, border, horizontal, vertical,
' number format, locked, indent, ranges...
Private Sub PutLook(ByVal ws As Object, ByVal fields As Variant)
    Dim i As Long, j As Long, parts As Variant
    For i = 13 To UBound(fields)
        If IsLibreOffice() Then ' colours one range at a time
            parts = Split(Uni(fields(i)), ",")
            For j = 0 To UBound(parts)
                PutLookOn ws.Range(parts(j)), fields
            Next
        Else
            PutLookOn ws.Range(Uni(fields(i))), fields
        End If
    Next
End Sub

Private Sub PutLookOn(ByVal area As Object, ByVal fields As Variant)
    area.Font.Name = Uni(fields(1))
    area.Font.Size = Val(fields(2))
    area.Font.Color = CLng(fields(3))
    area.Font.Bold = (fields(4) = "1")
    If IsLibreOffice() Then ' Font speaks of Latin letters only
        area.CellRange.CharFontNameAsian = Uni(fields(1))
        area.CellRange.CharHeightAsian = Val(fields(2))
        If fields(4) = "1" Then area.CellRange.CharWeightAsian = 150
    End If
    If fields(5) = "1" Then area.Font.Underline = 2
    If CLng(fields(6)) >= 0 Then area.Interior.Color = CLng(fields(6))
    If fields(7) = "1" Then
        area.Borders.LineStyle = 1
        area.Borders.Weight = 2
        area.Borders.Color = 12566463
    End If
    area.HorizontalAlignment = CLng(fields(8))
    area.VerticalAlignment = CLng(fields(9))
    area.WrapText = True
    If fields(10) <> "General" Then area.NumberFormat = Uni(fields(10))
    If fields(11) = "0" Then area.Locked = False
    If fields(12) = "1" Then area.IndentLevel = 1
End Sub

Private Function Literal(ByVal text As String) As String
    Literal = Quoted(Replace(text, Chr(34), Chr(34) & Chr(34)))
End Function

Private Function FreeName(ByVal wb As Object, ByVal wanted As String) As String
    Dim number As Long, i As Long, taken As Boolean, made As String
    number = 1
    Do
        made = wanted
        If number > 1 Then made = wanted & "(" & number & ")"
        taken = False
        For i = 1 To wb.Sheets.Count
            If LCase(wb.Sheets(i).Name) = LCase(made) Then taken = True
        Next
        number = number + 1
    Loop While taken
    FreeName = made
End Function
