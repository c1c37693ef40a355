Attribute VB_Name = "PerfxlFormats"
Option Explicit
' Highlights: conditional formats whose formula carries our marker. No cell's own look is touched.

Private Const MARK As String = """perfxl:"
Private Const STYLE_NAME As String = "perfxl_"
Private Const EXPRESSION As Long = 2 ' xlExpression
Private Const LISTED_EXPRESSION As Long = 24 ' com.sun.star.sheet.ConditionFormatOperator
Private Const FORMULA_ENTRY As Long = 9 ' com.sun.star.sheet.ConditionOperator2

' fields: format, sheet, formula, fill, font, bold, number format, ranges...
Public Sub AddFormat(ByVal ws As Object, ByVal fields As Variant)
    Dim area As Object, made As Object, i As Long
    If IsLibreOffice() Then
        AddInner ws, fields
        Exit Sub
    End If
    Set area = ws.Range(Uni(fields(7)))
    For i = 8 To UBound(fields)
        Set area = Application.Union(area, ws.Range(Uni(fields(i))))
    Next
    Set made = area.FormatConditions.Add(EXPRESSION, , "=" & Uni(fields(2)))
    made.Interior.Color = CLng(fields(3))
    made.Font.Color = CLng(fields(4))
    If fields(5) = "1" Then made.Font.Bold = True
    On Error Resume Next ' what a program may lack
    If fields(6) <> "" Then made.NumberFormat = Uni(fields(6))
    made.SetFirstPriority
    made.StopIfTrue = False
End Sub

' Takes ours off a sheet, or only counts them; how many there are.
Public Function OurFormats(ByVal ws As Object, ByVal isToGo As Boolean) As Long
    Dim i As Long, found As Long
    If IsLibreOffice() Then
        OurFormats = OurInner(ws, isToGo)
        Exit Function
    End If
    For i = ws.Cells.FormatConditions.Count To 1 Step -1
        If IsOurs(ws.Cells.FormatConditions(i)) Then
            found = found + 1
            If isToGo Then ws.Cells.FormatConditions(i).Delete
        End If
    Next
    OurFormats = found
End Function

' LibreOffice shows a format only where the cells' own property is set, and that takes the cells away
' from any other format. Cells that have one keep it: ours is put into the list there, and shows when
' the saved book is opened again.
Private Sub AddInner(ByVal ws As Object, ByVal fields As Variant)
    Dim free As Object, taken As Object, theirs As Object
    Dim parts As Variant, style As String, i As Long, j As Long
    Set free = InnerRanges(ws)
    Set taken = InnerRanges(ws)
    Set theirs = FormattedRanges(ws, 0)
    For i = 7 To UBound(fields)
        parts = Split(Uni(fields(i)), ",")
        For j = 0 To UBound(parts)
            If theirs.queryIntersection(ws.Range(parts(j)).CellRange.RangeAddress).getCount() > 0 Then
                taken.addRangeAddress ws.Range(parts(j)).CellRange.RangeAddress, False
            Else
                free.addRangeAddress ws.Range(parts(j)).CellRange.RangeAddress, False
            End If
        Next
    Next
    style = InnerStyle(ws.Parent, fields)
    If free.getCount() > 0 Then PutInner free, Uni(fields(2)), style
    If taken.getCount() > 0 Then ListInner ws, taken, Uni(fields(2)), style
End Sub

' Makes this the one format of the cells; without a formula they have none.
Private Sub PutInner(ByVal ranges As Object, ByVal formula As String, ByVal style As String)
    Dim entries As Object
    Set entries = ranges.getPropertyValue("ConditionalFormat")
    entries.clear
    If formula <> "" Then
        entries.addNew Array(Named("Operator", FORMULA_ENTRY), Named("Formula1", formula), _
            Named("StyleName", style))
    End If
    ranges.setPropertyValue "ConditionalFormat", entries
End Sub

Private Sub ListInner(ByVal ws As Object, ByVal ranges As Object, ByVal formula As String, ByVal style As String)
    Dim formats As Object, one As Object, entry As Object, all As Variant, id As Long, i As Long
    Set formats = InnerSheet(ws).ConditionalFormats
    id = formats.createByRange(ranges)
    all = formats.getConditionalFormats()
    For i = 0 To UBound(all)
        Set one = all(i)
        If one.ID = id Then
            one.createEntry 0, 0
            Set entry = one.getByIndex(0)
            entry.Operator = LISTED_EXPRESSION
            entry.Formula1 = formula
            entry.StyleName = style
        End If
    Next
End Sub

' Takes one of ours off. Left in the cells' property, its number would serve the next format.
Private Sub DropInner(ByVal ws As Object, ByVal one As Object)
    Dim ranges As Object, theirs As Object, places As Variant, id As Long, i As Long, isShared As Boolean
    id = one.ID
    Set ranges = one.Range
    Set theirs = FormattedRanges(ws, id)
    places = ranges.RangeAddresses
    For i = 0 To UBound(places)
        If theirs.queryIntersection(places(i)).getCount() > 0 Then isShared = True
    Next
    If Not isShared Then PutInner ranges, "", ""
    InnerSheet(ws).ConditionalFormats.removeByID id
End Sub

' Where the sheet has conditional formats, but for one of them.
Private Function FormattedRanges(ByVal ws As Object, ByVal but As Long) As Object
    Dim found As Object, all As Variant, i As Long
    Set found = InnerRanges(ws)
    all = InnerSheet(ws).ConditionalFormats.getConditionalFormats()
    For i = 0 To UBound(all)
        If all(i).ID <> but Then found.addRangeAddresses all(i).Range.RangeAddresses, False
    Next
    Set FormattedRanges = found
End Function

' By way of the sheet: one met in a loop does not know its book's sheets.
Private Function InnerRanges(ByVal ws As Object) As Object
    Set InnerRanges = InnerSheet(ws).DrawPage.Forms.Parent.createInstance("com.sun.star.sheet.SheetCellRanges")
End Function

Private Function Named(ByVal key As String, ByVal content As Variant) As Object
    Dim made As Object
    Set made = CreateObject("com.sun.star.beans.PropertyValue")
    made.Name = key
    made.Value = content
    Set Named = made
End Function

Private Function OurInner(ByVal ws As Object, ByVal isToGo As Boolean) As Long
    Dim formats As Object, all As Variant, i As Long, j As Long, ours As Long, found As Long
    Set formats = InnerSheet(ws).ConditionalFormats
    all = formats.getConditionalFormats()
    For i = 0 To UBound(all)
        ours = 0
        For j = 0 To all(i).getCount() - 1
            If IsOurs(all(i).getByIndex(j)) Then ours = ours + 1
        Next
        found = found + ours
        If isToGo And ours > 0 Then
            If ours = all(i).getCount() Then
                DropInner ws, all(i)
            Else
                Silence all(i)
            End If
        End If
    Next
    OurInner = found
End Function

' Ours among somebody else's: LibreOffice cannot take single entries out, they never hold then.
Private Sub Silence(ByVal one As Object)
    Dim j As Long
    For j = 0 To one.getCount() - 1
        If IsOurs(one.getByIndex(j)) Then one.getByIndex(j).Formula1 = "FALSE()"
    Next
End Sub

Private Function IsOurs(ByVal entry As Object) As Boolean
    On Error Resume Next ' scales and bars have no formula
    IsOurs = (InStr(1, entry.Formula1, MARK) > 0)
End Function

' A cell style with the look; LibreOffice's conditional formats only name one.
Private Function InnerStyle(ByVal wb As Object, ByVal fields As Variant) As String
    Dim styles As Object, made As Object, number As Long
    Set styles = InnerBook(wb).StyleFamilies.getByName("CellStyles")
    number = 1
    Do While styles.hasByName(STYLE_NAME & number)
        number = number + 1
    Loop
    InnerStyle = STYLE_NAME & number
    Set made = InnerBook(wb).createInstance("com.sun.star.style.CellStyle")
    styles.insertByName InnerStyle, made
    made.CellBackColor = Turned(CLng(fields(3)))
    made.CharColor = Turned(CLng(fields(4)))
    If fields(5) = "1" Then
        made.CharWeight = 150
        made.CharWeightAsian = 150
    End If
    If fields(6) <> "" Then made.NumberFormat = InnerNumberFormat(wb, Uni(fields(6)))
End Function

' Styles of ours that are left when the formats and the page are gone.
Public Sub RemoveStyles(ByVal wb As Object)
    Dim families As Variant, styles As Object, names As Variant, i As Long, j As Long
    If Not IsLibreOffice() Then Exit Sub
    families = Array("CellStyles", "PageStyles")
    For j = 0 To 1
        Set styles = InnerBook(wb).StyleFamilies.getByName(families(j))
        names = styles.getElementNames()
        For i = 0 To UBound(names)
            If Left(names(i), Len(STYLE_NAME)) = STYLE_NAME Then styles.removeByName names(i)
        Next
    Next
End Sub

Private Function InnerNumberFormat(ByVal wb As Object, ByVal code As String) As Long
    Dim formats As Object, place As Object
    Set formats = InnerBook(wb).NumberFormats
    Set place = CreateObject("com.sun.star.lang.Locale")
    InnerNumberFormat = formats.queryKey(code, place, False)
    If InnerNumberFormat < 0 Then InnerNumberFormat = formats.addNew(code, place)
End Function

' Blue, green, red to red, green, blue.
Private Function Turned(ByVal color As Long) As Long
    Turned = (color Mod 256) * 65536 + ((color \ 256) Mod 256) * 256 + color \ 65536
End Function
