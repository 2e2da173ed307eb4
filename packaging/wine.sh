# Windows programs without Windows, read by windows-test.sh: a wine of its own below $work.

export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)

# Wine 8 lacks what Windows 10 has: a source of random bytes under another name.
make_prefix() {
    "$wine" wineboot -i >/dev/null 2>&1
    cat >"$work/random.c" <<'C'
#include <windows.h>
BOOLEAN WINAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) { return SystemFunction036(bytes, (ULONG)count); }
C
    x86_64-w64-mingw32-gcc -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$work/random.c" -ladvapi32
}

# make_stick FOLDER: drive S: is a stick.
make_stick() {
    ln -sfn "$1" "$WINEPREFIX/dosdevices/s:"
    "$wine" reg add 'HKLM\Software\Wine\Drives' /v 's:' /t REG_SZ /d floppy /f >/dev/null 2>&1
    # Read when it starts.
    "${wine%wine64}wineserver" -k 2>/dev/null || /usr/lib/wine/wineserver -k
    sleep 1
}
