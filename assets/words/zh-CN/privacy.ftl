# 个人信息保护
op-purge = 按本人要求彻底删除
op-purge-due = 彻底删除到期的
op-purge-again = 再次删除已彻底删除过的
op-retention = 改保存期限
op-hold = 停止处理，依规保留
op-release = 解除依规保留
op-incident = 记下丢失或泄露
op-incident-told = 记下已告知
record-retention = 保存期限
record-hold = 依规保留
record-tombstone = 已删除的标记
record-purged-number = 已删除人员的数
record-incident = 丢失或泄露
column-keeping = 保存的是什么
column-basis = 依据
column-mark = 标记
column-of = 年月
column-fields = 信息种类
column-people = 人数
column-told-town = 告知乡镇日期
column-told-office = 告知网信部门日期
column-told-people = 告知本人日期

keeping-appointment = 体检预约
keeping-application = 办完的申请
keeping-offer = 往年的告知记录
keeping-outreach = 外出联系和诉求
keeping-task = 办完的手记
keeping-round = 走访单
keeping-care = 结束了的结对关爱
keeping-proof = 撤回前的同意凭据
keeping-gone = 迁出和去世的人
keeping-why-appointment = 从体检那天算起
keeping-why-application = 从有答复、最后一次到账或本人撤回那天算起；还在享受的不算
keeping-why-offer = 从告知那天算起；一次管终身的不算
keeping-why-outreach = 从联系或答复那天算起
keeping-why-task = 从办完那天算起
keeping-why-round = 从打印那天算起
keeping-why-care = 从结束那天算起
keeping-why-proof = 从撤回那天算起，至少三年；“已撤回”这一条本身一直留着
keeping-why-gone = 从迁出或去世那天算起；申请还没办完的不算
error-retention-bounds = 只能填{ $fewest }到{ $most }天。
error-retention-source = 请写明是哪份文件规定的。
error-hold-until = 保留到哪天要填以后的日子。
error-hold-basis = 请写明依据哪条规定保留。
error-purge-held = 依“{ $basis }”要保留到{ $until }，在那以前不能删除；已经停止使用。
error-incident-data = 请选里面有哪几种信息。
error-incident-what = 说明写一行就够，不要太长。
error-no-such-incident = 找不到这条丢失或泄露记录。

look-reason-service = 给孩子办事
look-reason-correction = 核对或更正
look-reason-guardian = 监护人要看
look-reason-duty = 上级依规要求
look-line = { $at }  { $by } 看了 { $name }：{ $reason }

incident-kind-laptop = 电脑丢了
incident-kind-stick = U盘丢了
incident-kind-paper = 纸质名单丢了
incident-kind-file = 导出的文件外传
incident-kind-seen = 被不该看的人看见
data-kind-register = 姓名、出生、住址
data-kind-id-number = 身份证号
data-kind-phone = 电话
data-kind-benefits = 补贴申请和发放
data-kind-checks = 体检安排
data-kind-children = 不满14岁孩子的信息
told-township = 乡镇
told-office = 网信部门
told-people = 本人
incident-line = { $on } { $kind }，涉及{ $people }人，还有{ $open }处没告知

cli-kept-line = { $keeping }：保存{ $days }天，已结束{ $ended }条，到期{ $due }条
cli-due-line = { $keeping } { $name }：{ $since }起算，{ $due }到期
cli-look-noted = 已记下这次查看。
cli-child-reason = 这是不满14岁的孩子：请用 --child-reason 说明为什么（service 办事、correction 核对、guardian 监护人要看、duty 依规要求），会记下来。
nothing-due = 没有到期要删除的。
purged = 已彻底删除{ $rows }条，并做了新的备份{ $backups ->
    [0] 。
   *[other] ；以前的{ $backups }份备份里还有，到期会自动清掉。
}
purged-log-later = 其他窗口正在读，日志文件关闭程序时清空。
error-looking-only = 您用的是“只看”的密码：只能看，不能记、不能打印、不能拷出。要记事，请用村干部的密码打开。
error-looking-same = 这和村干部的密码一样，请另想一个给只看的人。
cli-looking-set = 已设好“只看”的密码。
cli-looking-removed = 已取消“只看”的密码。
purged-no-backup = 已彻底删除{ $rows }条；新的备份没有做成，请腾出地方后在“上报备份”里点“现在备份”。

correction-line = { $what }：{ $old } → { $new }
correction-something = 某项内容
correction-kept = 现在的内容
correction-nothing = （没有）
correction-erased = （原来的内容已彻底删除）
correction-head = 更正记录（{ $count }条）
correction-step = { $at } { $by }　{ $line }
