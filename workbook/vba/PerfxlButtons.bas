Attribute VB_Name = "PerfxlButtons"
Option Explicit
' What can be pressed: on the ribbon, on the sheet, in the list of macros.

Public Sub PerfxlCheck()
    Act "check"
End Sub

Public Sub PerfxlFill()
    Act "fill"
End Sub

Public Sub PerfxlWhy()
    Act "why"
End Sub

Public Sub PerfxlExport()
    Act "export"
End Sub

' Needs no program, so that marks always come off.
Public Sub PerfxlClean()
    Dim wb As Object, isRefused As Boolean, told As String
    On Error GoTo Failed
    If Busy() Then Exit Sub
    Set wb = TargetBook()
    If wb Is Nothing Then Exit Sub
    told = ClearBook(wb, isRefused)
    Tell told, isRefused
    Exit Sub
Failed:
    Tell Words("stopped") & Err.Description, True
End Sub

' The next marked cell; what is wrong there stands in its note.
Public Sub PerfxlNext()
    Dim wb As Object, place As String
    On Error GoTo Failed
    Set wb = TargetBook()
    If wb Is Nothing Then Exit Sub
    place = ShowNext(wb)
    If place = "" Then
        Tell Words("no-next"), True
    Else
        Whisper Words("next") & place
    End If
    Exit Sub
Failed:
    Tell Words("stopped") & Err.Description, True
End Sub

' What is installed where; needs no book.
Public Sub PerfxlDoctor()
    Dim told As String, program As String, answer As String
    On Error GoTo Failed
    program = ProgramPath()
    If program = "perfxl" Then program = program & Words("doctor-path")
    told = Words("doctor-addin") & FullNameOf(ThisWorkbook)
    told = told & vbLf & Words("doctor-program") & program
    If IsProgramGone() Then told = told & vbLf & Words("doctor-gone") & Setting("program")
    told = told & vbLf & Words("doctor-mode") & Words("mode-" & ChosenMode()) & ModeReason()
    If LastDetour() <> "" Then told = told & vbLf & Words("doctor-detour") & LastDetour()
    told = told & vbLf & Words("doctor-host") & HostName()
    told = told & vbLf & Words("doctor-settings") & IIf(SettingsFile() = "", Words("none"), SettingsFile())
    Working True
    answer = AskProgram(TimeLimit(), ShownBook())
    If answer = "" Then answer = Words("doctor-no-answer")
    Tell told & vbLf & vbLf & answer, answer = Words("doctor-no-answer")
    Exit Sub
Failed:
    Tell told & vbLf & Err.Description, True
End Sub

' The form that is open, for the diagnosis; "" when there is none.
Private Function ShownBook() As String
    Dim wb As Object
    For Each wb In Workbooks
        If wb.Name <> ThisWorkbook.Name And wb.Path <> "" And IsShown(wb) Then ShownBook = FullNameOf(wb)
    Next
    If ActiveWorkbook Is Nothing Then Exit Function
    If ActiveWorkbook.Name <> ThisWorkbook.Name And ActiveWorkbook.Path <> "" Then ShownBook = FullNameOf(ActiveWorkbook)
End Function

Private Sub Act(ByVal action As String)
    Dim wb As Object
    On Error GoTo Failed
    Set wb = TargetBook()
    If Not wb Is Nothing Then RunAction action, wb
    Exit Sub
Failed:
    Tell Words("stopped") & Err.Description, True
End Sub

' The book that is meant: the active one; from the buttons on our own sheet the only other one.
Private Function TargetBook() As Object
    Dim wb As Object, found As Object, listed As String, count As Long
    Set wb = ActiveWorkbook
    If wb Is Nothing And HasProtectedView() Then
        Tell Words("protected-view"), True
        Exit Function
    End If
    If Not wb Is Nothing Then
        If wb.Name <> ThisWorkbook.Name Then
            Set TargetBook = wb
            Exit Function
        End If
        If ShownSheet(wb) <> Words("own-sheet") Then
            Set TargetBook = wb
            Exit Function
        End If
    End If
    For Each wb In Workbooks
        If wb.Name <> ThisWorkbook.Name And IsShown(wb) Then
            count = count + 1
            listed = listed & vbLf & wb.Name
            Set found = wb
        End If
    Next
    If count = 1 Then
        Set TargetBook = found
    ElseIf count = 0 And HasProtectedView() Then
        Tell Words("protected-view"), True
    ElseIf count = 0 Then
        Tell Words("no-book"), True
    Else
        Tell Words("which-book") & listed, True
    End If
End Function

' Whether a book is open in Protected View, where no macro reaches it; Excel's alone.
Private Function HasProtectedView() As Boolean
    Dim count As Long
    If IsLibreOffice() Then Exit Function
    On Error Resume Next
    count = Application.ProtectedViewWindows.Count
    HasProtectedView = (count > 0)
End Function

' Hidden books are tools, such as the personal macro workbook.
Private Function IsShown(ByVal wb As Object) As Boolean
    IsShown = True
    If IsLibreOffice() Then Exit Function
    On Error Resume Next
    IsShown = wb.Windows(1).Visible
End Function

' Callbacks of the ribbon; late bound, the type of the control needs no library so.
Public Sub RibbonCheck(control As Object)
    PerfxlCheck
End Sub

Public Sub RibbonNext(control As Object)
    PerfxlNext
End Sub

Public Sub RibbonFill(control As Object)
    PerfxlFill
End Sub

Public Sub RibbonWhy(control As Object)
    PerfxlWhy
End Sub

Public Sub RibbonClean(control As Object)
    PerfxlClean
End Sub

Public Sub RibbonExport(control As Object)
    PerfxlExport
End Sub

Public Sub RibbonDoctor(control As Object)
    PerfxlDoctor
End Sub
