@echo off
rem The command line: waits for the program and hands on what it answers.
start "" /b /wait "%~dp0xiangli.exe" %*
exit /b %errorlevel%
