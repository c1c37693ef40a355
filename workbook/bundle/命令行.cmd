@echo off
rem A command window in which `perfxl` can be typed; a folder dropped on this file is where it opens.
rem ASCII only. Nothing is written to the system's PATH.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "FOLDER=%LOCALAPPDATA%\perfxl\app"
if exist "%FOLDER%\perfxl.exe" goto run
set "FOLDER=%LOCALAPPDATA%\perfxl\venv\Scripts"
if exist "%FOLDER%\perfxl.exe" goto run
set "FOLDER=%~dp0perfxl"
if exist "%FOLDER%\perfxl.exe" goto run
type "%~dp0messages\no-program.txt"
pause
exit /b 3

:run
set "PATH=%FOLDER%;%PATH%"
if not "%~1"=="" cd /d "%~1" 2>nul
perfxl --version
cmd /k
