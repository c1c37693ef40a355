Attribute VB_Name = "PerfxlText"
Option Explicit
' ASCII texts with \uXXXX for everything else: what this source, the settings and the files of a
' job are written in, so that no code page can spoil them.

' What a message box holds, a Chinese letter counted twice; it cuts off the rest without a word.
Private Const LONGEST_BOX As Long = 1000

' The text that the escapes stand for.
Public Function Uni(ByVal text As String) As String
    Dim pieces As Variant, i As Long, made As String
    If text = "" Then Exit Function
    pieces = Split(text, "\u")
    made = pieces(0)
    For i = 1 To UBound(pieces)
        If IsHex(Left(pieces(i), 4)) Then
            made = made & ChrW(CLng("&H" & Left(pieces(i), 4))) & Mid(pieces(i), 5)
        Else
            made = made & "\u" & pieces(i)
        End If
    Next
    Uni = made
End Function

' The same text in printable ASCII, without backslashes, quotes and what cmd takes for a variable.
Public Function Esc(ByVal text As String) As String
    Dim i As Long, code As Long, made As String
    For i = 1 To Len(text)
        code = AscW(Mid(text, i, 1))
        If code < 0 Then code = code + 65536
        If code >= 32 And code < 127 And code <> 92 And code <> 34 And code <> 37 Then
            made = made & Mid(text, i, 1)
        Else
            made = made & "\u" & Right("000" & LCase(Hex(code)), 4)
        End If
    Next
    Esc = made
End Function

Public Function Quoted(ByVal text As String) As String
    Quoted = Chr(34) & text & Chr(34)
End Function

' A text in pieces that message boxes show to the end, cut behind a line where possible.
Public Function Pages(ByVal text As String) As Collection
    Dim found As New Collection, rest As String, at As Long, cut As Long
    Set Pages = found
    rest = text
    Do
        at = Fitting(rest)
        If at < Len(rest) Then
            cut = InStrRev(rest, vbLf, at)
            If cut > 0 Then at = cut
        End If
        found.Add Left(rest, at)
        rest = Mid(rest, at + 1)
    Loop While rest <> ""
End Function

' How many letters of a text fit.
Private Function Fitting(ByVal text As String) As Long
    Dim i As Long, code As Long, weight As Long
    For i = 1 To Len(text)
        code = AscW(Mid(text, i, 1))
        weight = weight + 1
        If code < 0 Or code > 127 Then weight = weight + 1
        If weight > LONGEST_BOX Then Exit For
        Fitting = i
    Next
End Function

' The lines of an ASCII file; none when it cannot be read.
Public Function FileLines(ByVal path As String) As Collection
    Dim number As Integer, one As String, found As New Collection
    Set FileLines = found
    On Error GoTo Unreadable
    number = FreeFile
    Open path For Input As #number
    Do While Not EOF(number)
        Line Input #number, one
        If Right(one, 1) = vbCr Then one = Left(one, Len(one) - 1)
        found.Add one
    Loop
    Close #number
    Exit Function
Unreadable:
    On Error Resume Next
    Close #number
End Function

Public Function FileExists(ByVal path As String) As Boolean
    On Error Resume Next
    FileExists = (Dir(path) <> "")
End Function

Private Function IsHex(ByVal text As String) As Boolean
    Dim i As Long
    If Len(text) <> 4 Then Exit Function
    For i = 1 To 4
        If InStr(1, "0123456789abcdefABCDEF", Mid(text, i, 1)) = 0 Then Exit Function
    Next
    IsHex = True
End Function
