### 同意：同意了什么、撤回了什么、还没有问过谁

op-consent-give = 记下同意
op-consent-withdraw = 撤回同意
purpose-services = 列入名单、提醒能享受的服务
purpose-health = 安排体检和打疫苗
purpose-account = 代交存折复印件
purpose-clinic = 把姓名和电话交给乡镇卫生院
consent-given = 已同意
consent-withdrawn = 已撤回
consent-not-asked = 还没有问过
consent-on = { $state }（{ $on }）
channel-signed = 本人签字
channel-spoken = 口头说的，有人见证
guardian-parent = 父母
guardian-grandparent = 祖父母或外祖父母
guardian-other = 其他监护人
again-notice = 告知书换了新的，请再问一次
again-grown = 孩子满14周岁了，请问本人
error-consent-guardian = 不满14周岁，要写上同意的监护人姓名和是孩子的什么人；监护人不在，可以先用纸质单子，不耽误办事。
error-consent-witness = 口头同意的，请写上见证人姓名；没有见证人，可以请本人在同意书上签字。
error-consent-later = { $on }已经记了“{ $state }”，请核对日期。
error-consent-name = 姓名太长了，请只写姓名。
error-consent-withdrawn = 本人撤回了同意，不再登记；本人要办的，可以用纸质单子办。
cli-consents-line = { $purpose }：同意{ $given }人，撤回{ $withdrawn }人，还没有问过{ $not_asked }人
