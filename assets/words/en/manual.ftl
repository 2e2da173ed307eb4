### The manual on two pages, printed when the program is packed

manual-title = Xiangli: the manual
manual-about = The handbook of a village cadre: no network, one window, one sealed ledger. Who lives here, what is to be done today, who has not been told, who comes when.
manual-setting-up = Onto the computer (Windows 10, 11)
manual-unpack = Unpack the whole archive onto the computer's own disk, such as D:\xiangli. No installing, no administrator. Not onto the stick.
manual-start = Double-click xiangli.exe. Where Windows says it protected your PC, choose "More info", "Run anyway": the program bears no bought signature; the checksum beside the archive tells whether it is the original.
manual-where = The ledger lies in your user folder: press Win and R, type %APPDATA%\xiangli. To keep it in the folder data beside the program, make an empty file portable.txt beside xiangli.exe before the first start.
manual-no-window = No window, or a black one: close it and double-click 换一种方式打开.cmd (another way to draw). What works is remembered.
manual-uninstall = New version: close the program, put the new folder in the place of the old. A folder data in the old one is the ledger: move it and portable.txt first, never delete it.
manual-beginning = The first time
manual-try = First look at the demo village: its people are invented, every step can be taken back.
manual-found = Then start your own ledger: the village's 12-digit code, its name, and a passphrase of at least 8 characters; a sentence will do.
manual-code = Write the recovery code on paper, into an envelope, into the locked cupboard. It alone opens the ledger when the passphrase is forgotten.
manual-help = When you ask somebody for help
manual-help-words = Whoever helps needs no passphrase. F1 opens the help. What went wrong stands in the data folder under log, where nobody's name or number ever is.
manual-footer = Xiangli { $version } · { $on }
