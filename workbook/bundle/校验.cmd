@echo off
rem Drop workbooks, folders or zips on this file: they are checked, annotated and opened.
rem ASCII only. A copy of it works anywhere once install.cmd has run.
setlocal DisableDelayedExpansion
chcp 65001 >nul
if "%~1"=="" goto nothing
set "PROGRAM=%~dp0perfxl\perfxl.exe"
if exist "%PROGRAM%" goto run
set "PROGRAM=%~dp0perfxl.exe"
if exist "%PROGRAM%" goto run
set "PROGRAM=%LOCALAPPDATA%\perfxl\app\perfxl.exe"
if exist "%PROGRAM%" goto run
set "PROGRAM=%LOCALAPPDATA%\perfxl\venv\Scripts\perfxl.exe"
if exist "%PROGRAM%" goto run
set "PROGRAM="
for %%I in (perfxl.exe) do set "PROGRAM=%%~$PATH:I"
if defined PROGRAM goto run
set "MESSAGE=no-program"
set "STATUS=3"
goto tell

:run
"%PROGRAM%" %*
exit /b %errorlevel%

:nothing
set "MESSAGE=nothing-dropped"
set "STATUS=2"

:tell
if exist "%~dp0messages\%MESSAGE%.txt" type "%~dp0messages\%MESSAGE%.txt"
if not exist "%~dp0messages\%MESSAGE%.txt" echo perfxl: %MESSAGE%
pause
exit /b %STATUS%
