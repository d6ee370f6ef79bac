/* Prints what Windows reads for each SECTION/KEY of an INI file, in hexadecimal UTF-16 units. */

#include <stdio.h>
#include <wchar.h>
#include <windows.h>

/* The buffer that MicroSIP gives to a password; it gives fewer to everything else. */
enum { PASSWORD = 1040, VALUE = 256 };

int wmain(int count, wchar_t **arguments) {
    for (int place = 2; place < count; place++) {
        wchar_t value[PASSWORD];
        wchar_t *section = arguments[place];
        wchar_t *key = wcschr(section, L'/');
        *key++ = 0;
        DWORD room = wcscmp(key, L"password") == 0 ? PASSWORD : VALUE;
        DWORD length = GetPrivateProfileStringW(section, key, L"", value, room, arguments[1]);
        for (DWORD unit = 0; unit < length; unit++) printf("%04x", value[unit]);
        printf("\n");
    }
    return 0;
}
