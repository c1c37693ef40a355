Attribute VB_Name = "PerfxlCommand"
Option Explicit
' The line that starts the program by way of the system's shell, which leaves ended.txt in the
' job's folder once the program has ended, by whatever. Texts only, so that they can be tested.

' For cmd: /s takes off the outer quotes and nothing else, /d and /v:off what a registry may add.
' Between quotes & ^ ( ) ! are letters; a % is not, there is no way to write it.
Public Function WindowsLine(ByVal cmd As String, ByVal program As String, ByVal arguments As Variant, ByVal folder As String) As String
    If cmd = "" Then cmd = "cmd.exe"
    WindowsLine = Quoted(cmd) & " /d /v:off /s /c " & _
        Quoted(PlainLine(program, arguments) & " & echo x>" & Quoted(folder & "\ended.txt"))
End Function

' For sh, which gets the program's name and its arguments as they are and reads none of them.
Public Function UnixLine(ByVal program As String, ByVal arguments As Variant, ByVal folder As String) As String
    UnixLine = "/bin/sh -c '" & Quoted("$@") & "; echo x>" & Quoted("$0/ended.txt") & "' " & _
        OneWord(folder) & " " & PlainLine(program, arguments)
End Function

' The program alone.
Public Function PlainLine(ByVal program As String, ByVal arguments As Variant) As String
    Dim i As Long
    PlainLine = OneWord(program)
    For i = 0 To UBound(arguments)
        PlainLine = PlainLine & " " & OneWord(arguments(i))
    Next
End Function

' LibreOffice's Shell knows both quotes and no escape; Windows has no names with a double quote.
Private Function OneWord(ByVal text As String) As String
    OneWord = Quoted(text)
    If InStr(1, text, Chr(34)) > 0 Then OneWord = "'" & text & "'"
End Function
