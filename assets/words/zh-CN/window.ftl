### 窗口：历史、锁上、快捷键、状态栏

ui-history-beginning = 台账的开头，不能撤销

keys-title = 快捷键
keys-hint = 不用鼠标也能做完每一件事。按钮上的小字母就是它的键。
keys-everywhere = 哪一页都能用
keys-tables = 在名单里
keys-person = 选中一个人以后
keys-forms = 填写的时候
keys-search = 搜索；直接打字也行
keys-undo = 撤销上一步
keys-redo = 恢复刚撤销的
keys-day = 今天做过的
keys-lock = 锁上
keys-help = 帮助
keys-keys = 看全部的键
keys-close = 关上旁边打开的
keys-down = 下一个
keys-up = 上一个
keys-page-down = 下一页
keys-page-up = 上一页
keys-first = 第一个
keys-last = 最后一个
keys-open = 打开，进到右边的卡片
keys-next-field = 下一格
keys-field-before = 上一格
keys-press = 按下选中的按钮
key-ctrl = Ctrl
key-shift = Shift
key-alt = Alt
key-down = ↓
key-up = ↑
key-page-down = PgDn
key-page-up = PgUp
key-home = Home
key-end = End
key-enter = 回车
key-escape = Esc
key-tab = Tab
key-space = 空格

ui-close-side = 关上旁边这一栏
lock-now = 锁上
lock-title = 已锁上
lock-words = 台账已经收好，屏幕上不留人名。输入密码，就回到刚才那一页，没填完的都还在。
lock-after = 多久不用就自动锁上
lock-minutes = { $minutes }分钟
lock-hint = 离开座位前也可以自己锁上。锁上以后要输密码才能再看。
lock-later = 正在办的事一办完就锁上。
lock-wait = 密码不对，{ $seconds }秒后可以再试；忘了密码，请用纸质恢复码打开。

day-title = 今天做过的
day-nothing = 这一天没有做过什么。
day-before = 前一天做过的
day-after = 后一天做过的
day-which = 看哪一天
day-look = 看

status-backup = 备份已核对 { $when }（{ $ago }）
status-backup-brief = 备份已核对：{ $ago }
status-today = 今天
status-yesterday = 昨天
status-days-ago = { $days }天前

demo-own-village = 建自己的村
demo-remove = 删除演示村
demo-remove-sure = 演示村和它的备份都会删掉，您自己村的台账不动。
demo-remove-yes = 确定删除
demo-removed = 演示村已经删掉了。
