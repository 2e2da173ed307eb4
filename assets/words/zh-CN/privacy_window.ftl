# 隐私保护页
ui-tab-privacy = 隐私保护
privacy-page-kept = 存了什么
privacy-page-due = 到期删除
privacy-page-agreed = 同意
privacy-page-left = 给出去的
privacy-page-looks = 查看记录
privacy-page-incidents = 丢失或泄露
privacy-page-prints = 打印

kept-how-long = 保存多久
kept-how-long-words = 用完了就不再留。镇里或档案有规定的，可以改天数，写明是哪份文件。
kept-for = 保存{ $days }
kept-due = { $what }到期{ $count }条
kept-due-shown = 到期{ $count }条
kept-change-shown = 改天数
kept-change = 改{ $what }的天数
kept-source = 依据：{ $source }
kept-days-field = 保存多少天
kept-source-field = 哪份文件规定的
kept-save = 按这份文件保存
kept-own-number = 改回原来的{ $days }天
kept-what-for = 存的是什么，用来做什么
kept-sensitive = 敏感信息，要单独同意
kept-holds = 依规保留、停止使用的：{ $count }人
kept-hold-line = 保留到{ $until }，依据：{ $basis }

due-count = 到期要删除的：{ $count }条
due-hint = 这些已经用不着了。看一遍，勾上要删的；依规保留的不在里面。
due-teach = 预约、申请、走访单这些，用完一段时间后会列在这里，由您看过再删。保存多久，在“存了什么”里看。
due-tick-all = 全部勾上
due-tick-none = 全部不勾
due-tick-first = 先勾上要删的
due-delete = 彻底删除勾上的（{ $count }条）…
due-sure = 要彻底删除勾上的{ $count }条吗？
due-since = 起算日
due-on = 到期日

for-good-no-undo = 删了就没有了：撤销不了，查不到，也找不回来。
for-good-backup = 删完马上做一份新备份，里面没有这些；以前各月的人数不变。
for-good-copies = U盘上和打印出来的，要自己收回来销毁。
for-good-old-backups = 以前的备份也一起删掉（以后不能再退回到以前）
for-good-yes = 彻底删除
purge-working = 正在彻底删除
purge-stopped = 已停下，什么都没有删。

agreed-words = 这里只有数字。谁还没问，在服务名单里；每个人说了什么，在本人页上记和撤回。
agreed-line = 同意{ $given }人，撤回{ $withdrawn }人，还没问{ $open }人
agreed-print = 打印告知书：{ $purpose }

left-words = 打印和导出过的名单都在这里：给了谁、几人、做什么用。至少留三年。每月上报的文件在“上报备份”里看。
left-teach = 打印名单、通知单，或者给单位导出名单以后，这里记着给了谁、几人、做什么用。
left-rows = { $count }人
left-column-rows = 人数
left-column-purpose = 做什么用

looks-none = 还没有人看过孩子的信息
looks-teach = 不满14岁孩子的身份证号、生日、电话、住址平时不显示。谁要看，先选理由，这里就记下一条。
looks-words = 谁、什么时候、为什么看了孩子的信息。撤销不了，保存三年。点一行打开本人页。
looks-column-whose = 看了谁
looks-column-why = 为什么
looks-deleted = （已删除的人）

incidents-none = 没有记过丢失或泄露
incidents-teach = 电脑、U盘、名单丢了，或者信息被不该看的人看了：不要慌，不要瞒。先打电话告诉乡镇，再在这里一步一步填，打印报告。
incidents-teach-office = 电脑、U盘、名单丢了，或者信息被不该看的人看了：不要慌，不要瞒。先告诉县里，再在这里一步一步填，打印报告。
incidents-begin = 记一起丢失或泄露
incidents-count = 记过的丢失或泄露：{ $count }起
incident-step-what = 第一步：丢了什么
incident-what-field = 经过（一句话）
incident-what-hint = 不写人名。比如：赶集路上U盘丢了，里面有一份副本。
incident-kind-first = 先选丢了什么
incident-next = 下一步
incident-back = 上一步
incident-step-data = 第二步：里面有哪几种信息，多少人
incident-people-field = 涉及多少人
incident-people-unclear = 人数填数字；说不准的填最多可能有多少。
incident-people-hint = 台账里现有{ $count }人。电脑和U盘里是全部；纸质名单按纸上的人数填。
incident-save = 记下，看要告诉谁
incident-tell-words = 第三步：告诉了谁，就记下是哪天。
incident-tell = 已告知{ $who }
incident-was-told = { $on }已告知{ $who }
incident-tell-township = 马上打电话。下一步怎么办，由乡镇定。
incident-tell-office = 要不要报，由乡镇定。
incident-tell-people = 别人能看到、可能受害的，要告诉本人：丢了什么、怎么防骗。
incident-print = 打印报告
incident-correct = 改这一条

prints-emergency = 贴在电脑旁边：东西丢了按顺序做什么，打给谁。
prints-emergency-print = 打印应急卡
prints-assessment = 存了敏感信息，事前要评估。数字已填好，意见和签字手写，至少保存三年。
prints-assessment-print = 打印影响评估
prints-year-title = 年度自查
prints-year = 每年查一次：同意、给出去的、到期没删的、看过孩子信息的、丢失的。数字已填好。
prints-year-print = 打印{ $year }年自查
prints-child-rules = 不满14岁孩子的信息怎么管，给监护人看，也可以贴出来。
prints-child-rules-print = 打印儿童规则

child-hidden = 已隐藏
child-born-hidden = 不满14岁，生日不显示
child-why = 不满14岁的孩子，身份证号、生日、电话、住址，还有同意、申请、原因和改动先不显示。要看，先选为什么看；会记下来。
child-why-first = 先选为什么看
child-look = 看孩子的信息

rights-head = 删除和保留
rights-delete = 彻底删除…
rights-sure = 要按本人（监护人、家属）的要求，把{ $name }的全部信息彻底删除吗？
rights-hold = 依规保留…
rights-hold-change = 改保留期限…
rights-hold-words = 法律或档案规定必须留的：停止使用，不再提醒，到那天以前不能删除。
rights-hold-yes = 停止使用，依规保留
rights-until = 保留到哪天
rights-basis = 依据哪条规定
rights-held = 依规保留到{ $until }（{ $basis }），已停止使用。
rights-release = 不用再保留

looking-head = 只看的密码
looking-words = 给只要看、不该改的人用：能看，不能记、不能打印、不能拷出。
looking-not-here = 您现在就是用“只看”的密码打开的；要改，请用村干部的密码打开。
looking-set = 设一个
looking-is-set = 已设好，改或取消
looking-own = 村干部的密码
looking-new = 只看的新密码
looking-again = 再输一遍只看的密码
looking-save = 设好
looking-remove = 取消只看的密码
read-only-looking = 用“只看”的密码打开的：能看，不能记、不能打印、不能拷出。要记事，请关闭后用村干部的密码打开。
read-only-looking-brief = 只看：不能记。
