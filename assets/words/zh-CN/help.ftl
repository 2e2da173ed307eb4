### 帮助（F1）：两页

help-title = 帮助
help-every-day = 每天怎么用
help-when-wrong = 出了错怎么办

help-begin = 先把花名册导进来
help-begin-words = 选电脑里现成的花名册，表不用先整理。先看一遍，您点“写入台账”以前什么都不会写。人不多的话，也可以在“住户”里一个一个添加。
help-worklist = 每天先看工作清单
help-worklist-words = 今天该告知谁、该问清楚什么，都按组、按户列好了。点一个人，做完一件点一下按钮，这一行就走了，接着是下一个人。
help-lists = 谁该享受什么，看服务名单
help-lists-words = 符合条件的人会自己列出来，每个人都写明为什么。拿不准的先问清楚。本人说不需要，记下就到此为止，不再打扰。
help-campaigns = 卫生院来体检，排谁哪天来
help-campaigns-words = 先建一次安排，写上哪几天、每场多少座；点“排人”，程序先排一个名单，您点“采用”才算数。印通知单送去，答应的、想换一天的、不来的点一下。那天早上打开“签到”，打首字母回车。
help-residents = 人有变动，在住户里改
help-residents-words = 外出、回来、迁出、去世、分户、添人都在这里。改错了随时可以撤销。
help-search = 找人
help-search-words = 直接打字就能找：姓名、拼音、首字母、身份证尾号、电话尾号都行。例如“张小燕”可以打 zxy。
help-evening = 收工的时候
help-evening-words = 不用点保存，每一步做完就已经存好。关上程序会自动备份；每周插上U盘拷一份副本带走更放心。
help-keys = 不想用鼠标
help-keys-words = 上下键选人，按钮上的字母就是它的键。按 ? 看全部的键。

help-undo = 点错了
help-undo-words = 点“撤销”，或者按 Ctrl+Z，刚才那一步就收回来了，连着点可以一步一步往回退。更早的一步，在这个人的“做过的事”里、或者按 Ctrl+H 打开“今天做过的”，找到那一行单独撤销。
help-saved = 突然停电、死机
help-saved-words = 显示已经做好的都在，重新打开就行。正填到一半的，打开后也会找回来。
help-backup = 备份
help-backup-words = 用着的时候每半小时、关上的时候，程序会自动备份，并且重读一遍核对。最下面一行写着上次核对是什么时候；变黄就是超过7天了，请点一下“现在备份”，再插U盘拷一份副本。
help-damaged = 台账打不开
help-damaged-words = 不要删任何文件。在首页选“用备份打开”，选最近的一份备份。原来的文件会移到旁边，不会删。
help-passphrase = 忘了密码
help-passphrase-words = 用建台账时抄下的纸质恢复码打开（在信封里，放在村委会锁着的柜子里）。密码和恢复码都没有了，谁也打不开，程序没有后门。
help-lock = 离开座位
help-lock-words = 按 Ctrl+L 马上锁上。不动电脑10分钟也会自己锁上，时间可以在设置里改。再输密码，就回到刚才那一页。
help-new-computer = 换电脑
help-new-computer-words = 在旧电脑的“上报备份”里把副本拷到U盘；在新电脑的首页选“打开备份副本”。
help-who-sees = 谁看得到这些资料
help-who-sees-words = 只有打开台账的人。程序不联网，资料只在这台电脑上，并且是加密的。只有您自己拷出副本、打印、存表，或把每月上报写到U盘，资料才会离开这台电脑，写以前都先给您看清楚。
