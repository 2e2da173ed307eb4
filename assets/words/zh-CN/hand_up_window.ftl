### 窗口：每月上报（村里）；各村、收文件、邀请（乡镇）

ui-tab-villages = 各村
ui-tab-shelf = 收文件
ui-tab-members = 邀请
ui-choice-office = 我是乡镇（街道）
ui-office-name = 乡镇（街道）名
ui-office-code = 乡镇（街道）代码
ui-office-code-hint = 9位统计用区划代码（县里用6位），和村代码的前几位一样。
ui-status-handed-up = 已上报到第{ $number }号（{ $month }）
ui-status-villages = { $count }个村

month-title = 每月上报
month-hint = 把本月各项目的数写成一个加密文件，用U盘带到{ $above }；写以前先看清楚哪些离开、哪些不离开。
month-begin = 打开每月上报
month-working = 正在写，请稍等…
month-gathering = 正在汇总本月的数…
month-teach = 先打开{ $above }的邀请
month-teach-words = { $above }会用U盘给一个邀请文件（.xli）。插上U盘，在这里选中它（拖到窗口上也行）。打开以后，U盘上会多一个答复文件，带回{ $above }就行。这一步不会把任何人的资料写出去。
month-invite-file = 乡镇给的邀请文件（.xli）
month-invite-file-county = 县里给的邀请文件（.xli）
month-open-invite = 打开邀请
month-invite-again = { $above }又给了一份邀请
month-invite-again-words = 换了上报的单位，或约定的栏目改了，就打开新的那一份。以前上报过的都还在，号接着往下编。
month-enrolled = 已收下{ $name }的邀请。答复写在 { $path }，请把U盘带回{ $above }，并打电话和{ $above }核对这一页的核对码。
month-written = 第{ $number }号上报文件已写好并读回核对：{ $rows }行，在 { $path }。请把U盘送到{ $above }，回执会写在同一个U盘上。
month-office = 上报给：{ $name }
month-since = { $on }收下邀请
month-number = 核对码
month-number-hint = 打电话和{ $above }核对：两边念出来一样，才没有送错地方。每换一份邀请核对一次。
month-agreed = 约定上报的栏目
month-agreed-part = { $what }：{ $columns }
month-agreed-only = 不在这里面的，写不出去。
month-column = { $column }（{ $shown }）
month-column-number = 数
month-column-yuan = 金额（元）
month-column-paid = 已到账（元）
month-preview = { $month }上报给{ $name }的内容（第{ $number }号）
month-part = { $what } { $rows }行
month-part-empty = 这一部分现在没有要上报的。
month-purpose-count = 用途：{ $above }看各村是不是人人都告知到、哪里要帮一把、安排座位。只有数，没有人名。
month-purpose-adjustment = 用途：关账以后才补记的，写明哪天发现、差多少；关账的数不变。
month-purpose-application = 用途：{ $above }接着办本人的申请。只有本人自己申请、材料已经交上去的。
month-purpose-appointment = 用途：卫生院知道哪天谁来。只有本人同意把名字交给卫生院的。
month-no-persons = 约定只报数：没有任何人的名字离开这台电脑。
month-stays = 留在村里不上报：{ $what }。
month-whole-village = 全村
month-yuan = { $yuan }元
month-state-expected = 约好了
month-state-came = 来了
month-side-content = 看内容
month-side-stick = U盘和回执
month-look-first = 请先看一遍要上报的内容，再写。
month-write-title = 写到U盘
month-folder = 写到哪个文件夹（U盘）
month-write = 写到U盘…
month-write-hint = 文件只有{ $above }打得开，也能看出有没有被人改过。
month-files = 报过的文件
month-files-none = 还没有上报过。左边看清楚以后，写到U盘，送到{ $above }。
month-receipt-file = 乡镇的回执（.xlr）
month-receipt-file-county = 县里的回执（.xlr）
month-read-receipt = 读回执

villages-teach = 先请各村来报
villages-teach-words = 给每个村写一个邀请文件，用U盘交给村里；村里打开以后把答复带回来，每月再把上报文件带来。各村按代码排，不排名次，只看哪里要帮一把。
villages-invite = 邀请第一个村
villages-programme = 项目
villages-all-programmes = 全部项目
villages-sum = 已告知 ÷ 应告知：{ $told ->
    [none] 还没有数
   *[other] { $told }
}。年底前不申请就领不到的共{ $yuan }元。{ $villages }个村里有{ $behind }个还没交本月的文件。
villages-told = { $told } ÷ { $eligible }（{ $percent }%）
villages-column-told = 已告知 ÷ 应告知
villages-column-file = 最近的文件
villages-column-ending = 年底到期（元）
villages-no-file = 还没有收到文件
villages-file = 第{ $number }号，{ $age ->
    [0] 今天的
   *[other] { $age }天前
}
villages-help = 需要帮一把
villages-gaps = 缺第{ $numbers }号
villages-forks = 第{ $numbers }号有两份

member-state = { $state }，{ $on }
member-state-invited = 已邀请，等答复
member-state-answered = 已答复，等电话核对
member-state-compared = 已核对
member-confirm = 已电话核对
member-confirm-hint = 打电话让村里念出“每月上报”里的核对码，和上面一样再点。
member-invite-again = 再发邀请
member-gaps = 缺第{ $numbers }号文件：请村里找出来补读，数不会错。
member-forks = 第{ $numbers }号有两份对不上的文件：可能有两台电脑在记，请打电话问清用哪一台。
member-help = 还有{ $count }人次没告知到，比告知到的还多：问问村里要不要帮一把。
member-ending = 年底前不申请就领不到：{ $count }人，{ $yuan }元
member-paid = 今年到账：{ $count }人，{ $yuan }元

members-teach = 还没有邀请过村
members-teach-words = 在邀请表里填村代码，选U盘，写出邀请文件交给村里。村里打开后把答复文件（.xla）带回来，收下就行。
members-invite-title = 邀请一个村
members-code = 村代码（12位）
members-persons = 除了数，还要名单的：
members-persons-hint = 不勾就只收数，没有人名。勾上也只收本人自己的申请或预约，身份证号只留后四位。
members-folder = 邀请文件写到哪个文件夹（U盘）
members-invite = 写邀请文件
members-invite-name = 邀请 { $code }
members-answer-title = 收村里的答复
members-answer-hint = 答复丢了也不要紧：村里的第一份上报文件里也带着。
members-answer-file = 村里的答复（.xla）
members-answer = 收下答复
members-column-code = 代码
members-column-next = 下一步

shelf-files = 村里的上报文件（.xlb），或放着它们的文件夹
shelf-choose-files = 选文件…
shelf-choose-folder = 选文件夹…
shelf-clear = 清空
shelf-teach = 村里的U盘来了
shelf-teach-words = 选U盘上的上报文件，一次可以选很多个，也可以选整个文件夹，或者拖到窗口上。先看一遍，点“收下”以前什么都不写；重复读、乱序读都不会错。
shelf-looking = 正在看文件…
shelf-column-file = 文件
shelf-column-village = 村
shelf-column-number = 号
shelf-column-state = 情况
shelf-column-new = 新
shelf-column-same = 相同
shelf-column-changed = 有改
shelf-column-refused = 没收
shelf-take = 全部收下（{ $files }份）
shelf-take-hint = 一步全收下，收下的不撤销，再读一遍也不会重复；每份文件旁边会写一份回执，请让村里带回去。
shelf-receipts-again = 再写一次回执
shelf-nothing = 这里没有能收的文件
shelf-left = 另有{ $files }份收不了，原样不动，原因见表里。
shelf-taken = 读了{ $files }份文件，写了{ $receipts }份回执{ $receipts ->
    [0] 。
   *[other] ，在 { $folder }。请让村里把回执带回去。
}
shelf-next = 收好了。要收下一批，先点“清空”，再选文件。

help-month = 月底上报
help-month-words = 第一次先打开乡镇给的邀请文件，打电话核对一次。以后每月在“上报备份”里打开“每月上报”，看清楚哪些离开，写到U盘送去；U盘回来时读一下回执，就知道收没收下。
help-invite = 先邀请各村
help-invite-words = 每个村写一个邀请文件，用U盘交给村里。村里打开后会带回答复，打电话核对一次核对码。默认只要数，不要名单。
help-shelf = 每月收文件
help-shelf-words = 村里的U盘插上，选文件或整个文件夹，看一遍，一步收下，回执写在U盘上带回去。读重了、顺序乱了都没关系。
help-villages = 看哪里要帮一把
help-villages-words = 各村按代码排，不排名次。看人人告知到没有、哪个村的文件久了、年底前哪些钱会过期。点一个村看每个项目。

ui-history-gone = 这一步不能撤销
ui-change-steps = { $op }，{ $count }步
ui-change-files = { $op }，{ $count }份
ui-change-rows = { $op }：{ $about }，{ $count }行
ui-backup-last-office = 最近一次 { $when }，到第{ $revision }步，已核对完好。

shelf-can-be-taken = 可以收下
shelf-look-accepted = { $village }第{ $number }号可以收下{ $refused ->
    [0] 。
   *[other] ，有{ $refused }行收不了。
}
shelf-look-older = { $village }第{ $number }号是旧文件，可以补收；名单仍以更新的文件为准。
shelf-look-gap = { $village }第{ $number }号可以收下；前面缺第{ $missing }号，找到后补读即可，数不会错。
shelf-look-fork = { $village }第{ $number }号和以前的文件对不上：这个村可能有两台电脑在记。可以收下，但请先打电话问清用哪一台。
shelf-look-clock-ahead = { $village }第{ $number }号可以收下，但村里电脑的日期是{ $on }，比今天还晚：请村里把日期改对。
shelf-look-clock-behind = { $village }第{ $number }号可以收下，但村里电脑的日期是{ $on }，差了好几年：请村里把日期改对。
month-date-check = 看过日历了，今天就是{ $today }
month-date-is-right = 日期已确认，接着看要上报的内容。
month-leave = 不再上报给它
month-leave-words = 换了{ $above }（或它换了钥匙），先断开再收新的邀请；以前交的文件都算数，可以撤销。
