### 使用说明：打包时打印的两页

manual-title = 乡里 使用说明
manual-about = 乡里是村干部的电子工作手册：不联网，一个窗口，一个加了密的台账。这里住着谁、今天做什么、谁可以享受还没告诉他、谁哪天来，打开就看得见。
manual-setting-up = 装到电脑上（Windows 10、11）
manual-unpack = 把压缩包整个解压到电脑硬盘，例如“D:\乡里”。不用安装，不用管理员权限。不要直接放在U盘上用。
manual-start = 双击“xiangli.exe”。如果出现“Windows 已保护你的电脑”，点“更多信息”，再点“仍要运行”：程序没有买微软的签名，压缩包旁边的校验值可以核对是不是原件。
manual-where = 台账放在您自己的用户文件夹里，和程序分开；想看看，同时按 Win 和 R 两个键，输入“%APPDATA%\xiangli”，回车。想让台账跟程序放在一起，第一次打开以前，在“xiangli.exe”旁边新建一个空文件“portable.txt”，台账就在旁边的“data”文件夹里。
manual-no-window = 窗口打不开、一片黑或一片花：先关上它，再双击“换一种方式打开.cmd”。哪种方式能用，程序会记住。
manual-uninstall = 换新版本：关上程序，用新文件夹换掉旧文件夹。旧文件夹里有“data”的，那就是台账：先把“data”和“portable.txt”搬到新文件夹，千万别删。
manual-beginning = 第一次打开
manual-try = 先点“试用演示村”看看，里面的人都是编的，随便点，点错了都能撤销。
manual-found = 再点“新建本村台账”，填村代码（12位）和村名，定一个密码：至少8个字，可以是一句自己记得住的话。
manual-code = 程序给一个纸质恢复码，抄在纸上，装信封，锁进村委会的柜子。忘了密码只有它能打开。
manual-help = 请人帮忙的时候
manual-help-words = 帮您的人不需要知道密码。按 F1 打开帮助；程序哪里出了错，写在放台账那个文件夹的“log”里，那里面没有任何人的姓名和号码，可以放心交给懂电脑的人。
manual-footer = 乡里 { $version }　{ $on }
