### 打印和导出

op-disclose = 打印或导出
paper-page = 第{ $page }页，共{ $pages }页
paper-footer = { $village }　{ $on }
paper-demo = 演示村：人是编出来的，不能当真
paper-failed = 没有做成这个文件，请再试一次。
paper-no-purpose = 请写清楚做什么用。
paper-too-long = 用途和收件单位各不超过60个字，请写短一些。
paper-lists-nobody = 这个项目不列名单：本人来要，才打印一张单子。
paper-no-column = 至少要选一列。
paper-id-for-office = 身份证号只能交给单位：请写明交给哪个单位，或者去掉这一列。
paper-no-such-column = 名单没有“{ $column }”这一列。
paper-to-village = 村里自己用
paper-to-person = 本人
paper-to-office = { $name }

paper-kind-roster = 服务名单
paper-kind-public-sheet = 公示
paper-kind-person-copy = 本人信息
paper-kind-told-slip = 通知单
paper-format-pdf = PDF（打印）
paper-format-xlsx = 表格（xlsx）

paper-column-name = 姓名
paper-column-age = 年龄
paper-column-group = 小组
paper-column-household = 户号
paper-column-phone = 电话
paper-column-residency = 居住状态
paper-column-state = 办到哪一步
paper-column-contact = 联系人
paper-column-deadline = 截止日期
paper-column-tick = 打勾
paper-column-id_number = 身份证号

paper-roster-title = { $programme }名单（{ $year }年）
paper-roster-about = 共{ $rows }人。用途：{ $purpose }。给谁：{ $recipient }。用完请收好或销毁，不要张贴、不要转发。
paper-roster-purpose = 上门告知
cli-paper-written = 已写好：{ $path }
cli-disclosure-line = { $on }　{ $paper }　{ $programme }　{ $rows }人　{ $recipient }　{ $purpose }
