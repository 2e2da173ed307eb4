### The manual on two pages, printed when the program is packed

manual-title = Xiangli: the manual
manual-about = Xiangli is the handbook of a village cadre: no network, one window, one sealed ledger. Who lives here, what is to be done today, who may have something and has not been told, who comes when.
manual-setting-up = Onto the computer (Windows 10, 11)
manual-unpack = Unpack the whole archive onto the computer’s own disk, such as D:\xiangli. Nothing is installed and no administrator is needed. Do not work from the stick.
manual-start = Double-click xiangli.exe. Where Windows says it protected your PC, choose “More info”, then “Run anyway”: the program bears no bought signature; the checksum beside the archive tells whether it is the original.
manual-where = The ledger lies in your own user folder, apart from the program: press Win and R and type %APPDATA%\xiangli to see it. To keep it beside the program, make an empty file portable.txt beside xiangli.exe before you start it the first time; the ledger is then in the folder data there.
manual-no-window = No window, or a black or garbled one: close it, then double-click 换一种方式打开.cmd (another way to draw). What works is remembered.
manual-uninstall = For a new version, close the program and put the new folder in the place of the old. If there is a folder data in the old one, that is the ledger: move it and portable.txt to the new folder first, and never delete it.
manual-beginning = The first time
manual-try = First look at the demo village: its people are invented, and every step can be taken back.
manual-found = Then start the village’s own ledger: its 12-digit code, its name, and a passphrase of at least 8 characters: a sentence that you remember will do.
manual-code = Write the recovery code that is shown on paper, into an envelope, into the locked cupboard. It alone opens the ledger when the passphrase is forgotten.
manual-help = When you ask somebody for help
manual-help-words = Whoever helps needs no passphrase. F1 opens the help. What went wrong stands in the data folder under log, where nobody’s name or number ever is.
manual-footer = Xiangli { $version } · { $on }
