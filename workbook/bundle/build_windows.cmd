@echo off
rem Builds and tries the program on Windows: workbook\bundle\build_windows.cmd [python]
rem Not yet run on a real Windows machine.
setlocal DisableDelayedExpansion
set "PYTHON=%~1"
if "%PYTHON%"=="" set "PYTHON=py -3.11"
cd /d "%~dp0..\.."
%PYTHON% -m venv build\frozen-venv
if errorlevel 1 exit /b 1
set "PY=build\frozen-venv\Scripts\python.exe"
%PY% -m pip install --quiet --disable-pip-version-check . pyinstaller pywin32 colorama
if errorlevel 1 exit /b 1
%PY% -m workbook.bundle.build_frozen -o dist
exit /b %errorlevel%
