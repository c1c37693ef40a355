@echo off
rem Takes out what install.cmd put in: the buttons first, then the program.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "TARGET=%LOCALAPPDATA%\perfxl"
set "PROGRAM=%TARGET%\app\perfxl.exe"
if exist "%PROGRAM%" goto buttons
set "PROGRAM=%TARGET%\venv\Scripts\perfxl.exe"
if exist "%PROGRAM%" goto buttons
goto program

:buttons
"%PROGRAM%" addin uninstall
if errorlevel 1 goto failed

:program
if exist "%TARGET%\app" rmdir /s /q "%TARGET%\app"
if exist "%TARGET%\venv" rmdir /s /q "%TARGET%\venv"
if exist "%TARGET%" rmdir "%TARGET%" 2>nul
if exist "%~dp0messages\removed.txt" type "%~dp0messages\removed.txt"
pause
exit /b 0

:failed
if exist "%~dp0messages\not-removed.txt" type "%~dp0messages\not-removed.txt"
pause
exit /b 1
