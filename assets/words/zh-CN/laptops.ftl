### 窗口：交接、两台电脑合起来、钥匙存在乡镇

laptops-title = 换电脑、换人、两台电脑
laptops-hand-over = 打开交接
laptops-hand-over-hint = 换了电脑，或换了人管台账：整本封好交出去，这台电脑从此只看不记。

hand-over-page-title = 交接
hand-over-page-what = 点下面的按钮以后
hand-over-page-packet = 整本台账封进一个交接包（.xlc文件），写好后读回核对。在新电脑上用现在的密码或恢复码打开。
hand-over-page-list = 再打印一张交接清单，交的人和接的人当面一项一项打勾、签字。
hand-over-page-read-only = 这台电脑上从此只能看、不能改，免得两边各记各的。交接包没送到，可以取回。
hand-over-page-folder = 交接包写到哪个文件夹（U盘）
hand-over-page-write = 写交接包，交出去
hand-over-page-working = 正在写交接包并读回核对…
hand-over-page-written = 交接包写好了，已读回核对：{ $path }。{ $residents }人，{ $households }户，记到第{ $revision }步；新电脑上打开后应当一样。
hand-over-page-before = 这本台账已经交接出去，这里只能看。
hand-over-page-print-hint = 下一步：打印交接清单，连同U盘当面交给接手的人。
hand-over-page-print = 打印交接清单…
hand-over-page-back = 交接包没送到、丢了，就点最上面那一条里的“取回”，在这里接着记。

read-only-handed-over = 这本台账{ $on }已交接出去，这里只能看。请在新电脑上接着记；交接包没送到，就取回。
read-only-handed-over-brief = { $on }已交接，只能看。
read-only-refused = 没有记下：这本台账已交接出去，这里只能看。请在新电脑上记，或先点上面的“取回”。
read-only-take-back = 取回
read-only-sure = 交接包确实没送到吗？两台电脑都记，就成了两本。
read-only-sure-yes = 没送到，在这里接着记
read-only-taken-back = 已取回：在这台电脑上接着记。

laptops-join = 把两台电脑合起来
laptops-join-hint = 两台电脑都记过：把另一台记的并进来，两边改得不一样的逐个定。

join-page-title = 两台电脑合起来
join-page-teach = 另一台电脑也记了？
join-page-teach-words = 在另一台电脑上用“拷出副本”做一份，U盘插到这里，选中它。先看一看，不会写任何东西：那边做的并进来，这边做的留着，两边都改过的由您定。
join-page-file = 另一台电脑的副本（.xlc），或它的台账文件（.xlg）
join-page-look = 先看一看
join-page-look-hint = 用现在打开的这把钥匙打开，不用再输密码。
join-page-looking = 正在对照两本台账…
join-page-joined = 合好了：那边做的都在这里了。另一台电脑请不要再记，改用这一台的副本。
join-page-behind = 不用合。
join-page-other = 换一份副本
join-page-there = 那边做了{ $steps }步，并进来：{ $what }。
join-page-here = 这边做了{ $steps }步，都留着。
join-page-here-nothing = 这边没有再记过。
join-page-rows = { $what }{ $rows }条
join-page-no-rows = 没有
join-page-left = 并不进来的：{ $what }。它们所属的，这里已经删掉或被别的占了。
join-page-no-conflicts = 两边没有改到同一处，可以直接合。
join-page-conflicts = 两边都改过的{ $count }处：用这里的{ $ours }处，用那边的{ $theirs }处
join-page-all-ours = 全部用这里的
join-page-all-theirs = 全部用那边的
join-page-who = 谁
join-page-what = 哪一项
join-page-ours = 这里的（按1）
join-page-theirs = 那边的（按2）
join-page-use-ours = 用这里的
join-page-use-theirs = 用那边的
join-page-changed = 改过
join-page-in-use = 那边删掉了，这里还用着：留下
join-page-join = 合起来
join-page-join-hint = 先自动备份一次；合好以后算一步，可以整个撤销。
join-page-stale = 看过以后这里又记了，请再看一遍。

escrow-card-title = 万一密码和恢复码都丢了
escrow-card-hint = 可以把钥匙封好存在乡镇：平时谁也打不开；真丢了，乡镇两个人当面办，用一次性的代码打开。
escrow-card-none = 现在没有存。
escrow-card-no-office = 现在没有存；先收下乡镇的邀请，才能存。
escrow-card-lead = 去收乡镇的邀请
escrow-card-deposit = 把钥匙封好存在{ $office }
escrow-card-deposited = 已经封好，只有{ $office }打得开。
escrow-card-withdraw = 撤回，不存了
escrow-card-withdraw-hint = 撤回以前拷出去的副本里还有。

township-help-link = 密码忘了，恢复码也找不到？
township-help-title = 请乡镇帮忙打开
township-help-words = 以前把钥匙存在乡镇的，才能这样办。两步：先把求助文件带到乡镇；带回答复文件和写在纸上的代码，再打开。
township-help-first = 第一步：求助文件带到乡镇
township-help-folder = 求助文件写到哪个文件夹（U盘）
township-help-village = 哪个村
township-help-ask = 写求助文件
township-help-file = 求助文件
township-help-asked = 求助文件写好了：{ $path }。带到乡镇，由两个人当面办。
township-help-second = 第二步：用乡镇的答复打开
township-help-answer = 乡镇的答复文件
township-help-code = 写在纸上的一次性代码
township-help-code-hint = 打开以后换成下面的新密码，还会给一张新的恢复码；旧密码、旧恢复码都作废。
township-help-open = 打开，换新密码
township-help-back = 返回输密码
