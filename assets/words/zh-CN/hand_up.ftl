# 上报：村里这一边和乡镇那一边。

op-enrol = 收下乡镇的邀请
op-hand-up = 生成上报文件
op-hand-up-failed = 上报文件没有写成
op-receipt = 收到乡镇回执
op-invite = 发出邀请
op-enrol-member = 收下村里的答复
op-confirm-member = 电话核对过核对码
op-receive = 收下上报文件

record-office = 上级单位
record-hand-up = 上报文件
record-hand-up-refusal = 没收下的行
record-member = 下属村
record-received = 收到的文件
record-received-count = 收到的数
record-received-application = 收到的申请
record-received-appointment = 收到的预约
record-received-refusal = 没收下的行

paper-kind-hand-up = 上报文件
paper-format-xlb = 加密上报文件（xlb）

hand-up-entity-count = 各项目的数（没有人名）
hand-up-entity-application = 本人的申请
hand-up-entity-appointment = 本人的体检预约
hand-up-shown-plain = 原样
hand-up-shown-masked = 遮住一部分
hand-up-stays-in_village = 材料还在本人或村里的申请
hand-up-stays-over = 已经了结的申请
hand-up-stays-untold = 不对外说的项目
hand-up-stays-child = 未满十四岁、监护人还没有签字同意的
hand-up-stays-no_consent = 没有同意把名字交给卫生院的预约
hand-up-wrong-missing = 缺一栏
hand-up-wrong-foreign = 多出没约定的栏
hand-up-wrong-value = 填的值不对
hand-up-wrong-programme = 乡镇的程序还没有这个项目
hand-up-wrong-twice = 同一行重复

hand-up-preview = { $month } 上报给{ $name }的内容如下：
hand-up-section = { $what }：{ $rows } 行；栏目：{ $columns }
hand-up-stays = 留在村里不上报：{ $why } { $count } 条
hand-up-open = 第 { $number } 号（{ $month }）：已生成 { $rows } 行，还没有收到回执。
hand-up-accepted = 第 { $number } 号（{ $month }）：乡镇 { $on } 已收下，共 { $rows } 行。
hand-up-accepted-but = 第 { $number } 号（{ $month }）：乡镇 { $on } 收下 { $rows } 行，{ $refused } 行没收下：{ $why }。
hand-up-only-here = 上次乡镇收下以后，又有 { $count } 处改动只在这台电脑里。

hand-up-not-enrolled = 还没有收过乡镇的邀请：先把乡镇给的邀请文件（.xli）打开一次。
hand-up-clock = 电脑上的日期比上次上报还早：请先把电脑的日期改对，再上报。
hand-up-not-made = 上报文件没能生成，什么也没有写出去；请关掉程序再试一次。
hand-up-foreign = 这个文件不是发给本单位的（或文件开头已损坏）：请核对是哪个村、发给哪个乡镇的。
hand-up-damaged = 文件不完整或被改动过：请让村里从电脑里重新拷一份。
hand-up-newer = 文件是更新版本的程序做的：请先把这台电脑上的程序更新。
hand-up-other = 这不是上报文件（.xlb）：请换一个文件。
hand-up-unknown-sender = 发来文件的村没有被邀请过，或用的不是它的钥匙：请先给这个村发邀请。
hand-up-profile = 文件里有没约定上报的栏目，没有收：请给这个村重新发一次邀请。

invite-damaged = 邀请文件不完整或被改动过：请向对方重新要一份。
invite-other = 这不是邀请文件（.xli）或答复文件（.xla）：请换一个文件。
invite-newer = 这个文件是更新版本的程序做的：请先更新这台电脑上的程序。
invite-other-village = 这份邀请是发给代码 { $code } 的，本村是 { $own }：请向乡镇要本村的那一份。
invite-answer-unknown = 这份答复对不上发出的邀请：请给这个村重新发一次邀请。

receipt-foreign = 这份回执不是给本村的：请找自己村的那一份。
receipt-damaged = 回执不完整或被改动过：请让乡镇重新读一次文件，会再写一份回执。
receipt-newer = 回执是更新版本的程序做的：请先更新这台电脑上的程序。
receipt-other = 这不是回执文件（.xlr）：请换一个文件。
receipt-unknown-sender = 这份回执不是邀请本村的乡镇发的：没有收。
receipt-no-file = 这份回执说的文件，不是这台电脑做的：请确认本村是不是还有一台电脑在上报。

file-state-accepted = 收下
file-state-same = 以前读过
file-state-older = 旧文件
file-state-gap = 前面缺号
file-state-fork = 两台电脑
file-state-foreign = 不是给本单位的
file-state-damaged = 损坏
file-state-unknown_sender = 不认识
file-said-accepted = { $village }第 { $number } 号已收下{ $refused ->
    [0] 。
   *[other] ，{ $refused } 行没收下。
}
file-said-same = { $village }第 { $number } 号以前读过，没有新内容。
file-said-older = { $village }第 { $number } 号是旧文件，已记下它的数；名单仍以更新的文件为准。
file-said-gap = { $village }第 { $number } 号已收下；前面缺第 { $missing } 号，找到后补读即可，数不会错。
file-said-fork = { $village }第 { $number } 号和以前的文件对不上：这个村可能有两台电脑在记。请打电话问清用哪一台。
file-said-clock-ahead = { $village }第 { $number } 号已收下，但村里电脑的日期是 { $on }，比今天还晚：请村里把日期改对。
file-said-clock-behind = { $village }第 { $number } 号已收下，但村里电脑的日期是 { $on }，差了好几年：请村里把日期改对。

township-is-village = 这是一个村的数据：这件事要在乡镇的程序里做。
township-not-within = 代码 { $code } 不在本单位（{ $own }）之下：请核对代码。
township-not-answered = 还没有收到这个代码的答复，无法核对。
township-nobody-invited = 还没有邀请过任何村：先给村里发邀请。
township-no-receipt = 有 { $count } 份回执没能写到 U 盘上：文件已经收下，换一个能写的 U 盘再读一次就会补写。
township-member-invited = { $name }（{ $code }）：已邀请，还没有答复。
township-member-answered = { $name }（{ $code }）：已答复，核对码 { $fingerprint }，还没有电话核对。
township-member-confirmed = { $name }（{ $code }）：已答复并核对过，核对码 { $fingerprint }。
township-row = { $name }：已告知 { $told } ÷ 应告知 { $eligible }；文件是 { $age } 天前的；年底前不申请就领不到的共 { $ending } 元。
township-row-help = { $name }：已告知 { $told } ÷ 应告知 { $eligible }，还有不少人没告知，需要帮一把；文件是 { $age } 天前的；年底前不申请就领不到的共 { $ending } 元。
township-row-none = { $name }：还没有收到文件。

error-own-keys = 这份数据里的上报钥匙损坏：请恢复最近的备份。
error-code-of-office = 这是乡镇或县的代码：村的代码后三位不是 000。乡镇请用 township init。
error-office-code = 乡镇代码是九位（或十二位、后三位为 000），县代码是六位：请核对。

measure-residents = 常住和外出人口
measure-households = 户数
measure-quality = 要核对的记录
measure-eligible = 应告知
measure-told = 已告知
measure-ask = 要先问清
measure-been = 已做
measure-applied = 正在申请
measure-granted = 批了
measure-paid_persons = 到账人数
measure-paid_fen = 到账（分）
measure-open = 可以申请还没申请
measure-open_fen = 可以申请的钱（分）
measure-ending = 年底到期还没申请
measure-ending_fen = 年底到期的钱（分）

cli-invited = 邀请已写到 { $path }。拷到 U 盘交给村里，用程序打开即可。
cli-confirmed = 已记下：电话里核对过，两边一样。
cli-enrolled = 已收下{ $name }的邀请。核对码：{ $fingerprint }，请打电话和乡镇核对。答复在 { $path }，请带回乡镇。
cli-enrolled-member = { $name }已答复。核对码：{ $fingerprint }，请打电话和村里核对。
cli-handed-up = 第 { $number } 号上报文件已写好并读回核对：{ $rows } 行，在 { $path }。
cli-identity-written = 钥匙已写到 { $path }：有它就能打开各村的文件，用完请删掉。

column-verifying = 签名钥匙
column-profile = 约定的栏目
column-proof = 答复凭据
column-enrolled-on = 答复日期
column-month = 月份
column-digest = 文件指纹
column-revision = 改动号
column-accepted-on = 收下日期
column-accepted-rows = 收下行数
column-hand-up-id = 上报文件
column-section = 部分
column-row-key = 行号
column-wrong = 没收下的原因
column-secret = 邀请暗码
column-invited-on = 邀请日期
column-confirmed-on = 核对日期
column-member-id = 下属村
column-previous = 前一份文件
column-read-on = 读入日期
column-demo = 演示数据
column-received-id = 收到的文件
column-measure = 统计的是什么
column-person = 人员代码
column-phase = 进展
column-paid-fen = 已到账（分）

op-month-close = 关账
op-month-adjust = 记下关账后的更正
record-closed-month = 关账的月份
record-closed-count = 关账的数
record-month-adjustment = 关账后的更正
record-received-adjustment = 收到的更正
column-closed-month-id = 关账的月份
column-closed-on = 关账日期
column-difference = 相差
hand-up-entity-adjustment = 关账以后的更正（没有人名）
measure-month_checked = 本月已做（人）
measure-month_began = 本月申请（件）
measure-month_granted = 本月批了（件）
measure-month_paid_persons = 本月到账（人）
measure-month_paid_fen = 本月到账（元）
month-head-month_checked = 做了检查接种
month-head-month_began = 提出申请
month-head-month_granted = 批了
month-head-month_paid_persons = 到账人数
month-head-month_paid_fen = 到账（元）
month-line = { $programme } { $what }：{ $number }
month-closed = { $on } 已关账：数不再变，以后补记的写在旁边。
month-closed-later = { $on } 已关账；括号里是关账以后补记的更正。
month-paper-title = { $of } 月报
month-paper-year = { $of } 年报
month-paper-open = 还没有关账，是到今天为止的数。
month-paper-summed = 各村上报文件加起来的数，包括关账以后的更正。
error-month = 月份请写成 2026-11，年份写成 2026。
error-month-not-over = { $month } 还没有过完：{ $on } 当天起才能关账。
error-month-closed = { $month } 已经关过账了，数不再变。
cli-month-closed = { $month } 已关账。

op-join = 并入另一台电脑的改动
join-relation-behind = 那份里的改动，这里都有了。
join-relation-ahead = 那份是接着这里往下记的。
join-relation-forked = 两台电脑各记了一段。
join-value = { $value }
join-value-word = { $value }
join-summary = { $relation }那边 { $there } 步、这边 { $here } 步；并入 { $taken } 条，两边都改过的 { $conflicts } 处，并不进来的 { $left } 条。
join-conflict = { $record }{ $name }：这里是“{ $ours }”，那边是“{ $theirs }”；留这里的。
join-conflict-row = { $record }{ $name }：两边改得不一样；留这里的。
error-join-stranger = 这份文件不是本村这本台账的副本，不能并：请核对是哪台电脑上的。
error-join-itself = 这就是正在用的这本台账：请选另一台电脑上的副本。
