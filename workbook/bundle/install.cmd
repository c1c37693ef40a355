@echo off
rem Installs perfxl and its buttons for this user; no administrator is needed.
rem ASCII only. What it says stands in messages\*.txt, UTF-8.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "TARGET=%LOCALAPPDATA%\perfxl"
if exist "%~dp0perfxl\perfxl.exe" goto frozen
if exist "%~dp0wheels\*.whl" goto wheels
set "MESSAGE=incomplete"
goto failed

:frozen
set "MESSAGE=not-copied"
if exist "%TARGET%\app" rmdir /s /q "%TARGET%\app"
if exist "%TARGET%\app\perfxl.exe" goto failed
xcopy "%~dp0perfxl" "%TARGET%\app" /E /I /H /Y /Q >nul
if errorlevel 1 goto failed
set "PROGRAM=%TARGET%\app\perfxl.exe"
goto buttons

:wheels
set "MESSAGE=no-python"
set "PYTHON=py -3.13"
%PYTHON% -c "import sys, venv; sys.exit(sys.maxsize < 2**32)" >nul 2>nul
if not errorlevel 1 goto found
set "PYTHON=py -3.12"
%PYTHON% -c "import sys, venv; sys.exit(sys.maxsize < 2**32)" >nul 2>nul
if not errorlevel 1 goto found
set "PYTHON=py -3.11"
%PYTHON% -c "import sys, venv; sys.exit(sys.maxsize < 2**32)" >nul 2>nul
if not errorlevel 1 goto found
set "PYTHON=python"
%PYTHON% -c "import sys, venv; sys.exit(sys.maxsize < 2**32 or not (3, 11) <= sys.version_info < (3, 14))" >nul 2>nul
if not errorlevel 1 goto found
goto failed

:found
set "MESSAGE=not-installed"
%PYTHON% -m venv --clear "%TARGET%\venv"
if errorlevel 1 goto failed
set "PIP="%TARGET%\venv\Scripts\python.exe" -m pip --disable-pip-version-check"
%PIP% install --quiet --no-index --find-links "%~dp0wheels" perfxl pywin32 colorama
if errorlevel 1 goto failed
set "PROGRAM=%TARGET%\venv\Scripts\perfxl.exe"

:buttons
set "MESSAGE=no-buttons"
"%PROGRAM%" addin install
if errorlevel 1 goto failed
"%PROGRAM%" addin doctor
type "%~dp0messages\done.txt"
pause
exit /b 0

:failed
if exist "%~dp0messages\%MESSAGE%.txt" type "%~dp0messages\%MESSAGE%.txt"
if not exist "%~dp0messages\%MESSAGE%.txt" echo perfxl: %MESSAGE%
pause
exit /b 1
