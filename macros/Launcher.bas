Attribute VB_Name = "Launcher"
Option Explicit

' Starts the one fixed interpreter of the tool: no cmd.exe, no path taken from a workbook, no network.
Private Const INTERPRETER As String = "%LOCALAPPDATA%\Taizhang\python\pythonw.exe"
Private Const INTERPRETER_OF_SOURCES As String = "%LOCALAPPDATA%\Taizhang\python\Scripts\pythonw.exe"
Private Const HIDDEN_WINDOW As Long = 0
Private Const TEMPORARY_FOLDER As Long = 2
Private Const FOR_READING As Long = 1
Private Const AS_UNICODE As Long = -1

' The callback of every ribbon button: it passes the id of the control on.
Public Sub OnButton(control As IRibbonControl)
    RunButton control.ID
End Sub

' Runs one button and shows what it has to say. Returns the exit code, -1 when nothing was started.
Public Function RunButton(ByVal buttonId As String) As Long
    Dim shell As Object, files As Object
    Dim program As String, reply As String, text As String
    Dim code As Long
    RunButton = -1
    On Error GoTo Failed
    Set shell = CreateObject("WScript.Shell")
    Set files = CreateObject("Scripting.FileSystemObject")
    program = shell.ExpandEnvironmentStrings(INTERPRETER)
    If Not files.FileExists(program) Then program = shell.ExpandEnvironmentStrings(INTERPRETER_OF_SOURCES)
    If Not files.FileExists(program) Then
        Tell NoInterpreter(), vbExclamation
        Exit Function
    End If
    If IsProtectedViewOnly() Then
        Tell InProtectedView(), vbExclamation
        Exit Function
    End If
    reply = files.GetSpecialFolder(TEMPORARY_FOLDER).Path & "\" & files.GetTempName()
    Application.StatusBar = Running()
    code = shell.Run(CommandLine(program, buttonId, CStr(Application.Hwnd), reply), HIDDEN_WINDOW, True)
    Application.StatusBar = False
    text = ReadReply(files, reply)
    If Len(text) = 0 And code <> 0 Then text = NoReply()
    If Len(text) > 0 Then Tell text, IIf(code = 0, vbInformation, vbExclamation)
    RunButton = code
    Exit Function
Failed:
    text = NotStarted() & Err.Number & " " & Err.Description
    Application.StatusBar = False
    Tell text, vbExclamation
End Function

' The command line: paths in quotes, since they may hold blanks. A Windows path never holds a quote.
Public Function CommandLine(ByVal program As String, ByVal buttonId As String, ByVal window As String, ByVal reply As String) As String
    CommandLine = Quoted(program) & " -I -X utf8 -m addin.desktop " & PlainWord(buttonId) & " --window=" & window & " --reply=" & Quoted(reply)
End Function

Private Function Quoted(ByVal text As String) As String
    Quoted = Chr$(34) & Replace(text, Chr$(34), "") & Chr$(34)
End Function

' Letters, digits and underscores only: nothing else can reach the command line through an id.
Public Function PlainWord(ByVal text As String) As String
    Dim i As Long, letter As String
    For i = 1 To Len(text)
        letter = Mid$(text, i, 1)
        If letter Like "[A-Za-z0-9_]" Then PlainWord = PlainWord & letter
    Next i
End Function

' True when the only thing open is a file in protected view, which macros cannot reach.
Private Function IsProtectedViewOnly() As Boolean
    On Error Resume Next
    If ActiveWorkbook Is Nothing Then IsProtectedViewOnly = (Application.ProtectedViewWindows.Count > 0)
End Function

Private Function ReadReply(ByVal files As Object, ByVal path As String) As String
    If Not files.FileExists(path) Then Exit Function
    If files.GetFile(path).Size > 2 Then
        With files.OpenTextFile(path, FOR_READING, False, AS_UNICODE)
            ReadReply = .ReadAll
            .Close
        End With
    End If
    files.DeleteFile path, True
End Function

Private Sub Tell(ByVal text As String, ByVal style As Long)
    MsgBox text, style, AppTitle()
End Sub
