@echo off
rem The other way to draw than last time, where the window stays black or does not come.
start "" "%~dp0xiangli.exe" --renderer other
