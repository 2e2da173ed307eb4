### 体检安排的纸面：通知单、签到表、门口名单、给卫生院的名单

paper-kind-appointment-slips = 体检通知单
paper-kind-session-roster = 签到表
paper-kind-door-list = 门口名单
paper-kind-clinic-list = 卫生院名单

paper-column-order = 序
paper-column-number = 编号
paper-column-sex = 性别
paper-column-session = 场次
paper-column-day = 哪天
paper-column-time = 几点
paper-column-came = 来了没有

paper-nobody-appointed = 没有人可写：没有排在这里的人，或者日子都已经过了。
paper-session-purpose = 体检当天签到
paper-door-purpose = 贴在体检门口
paper-clinic = 乡镇卫生院
paper-clinic-purpose = 安排体检接种
paper-clinic-nowhere = 这份名单只交给卫生院，请写明交给哪个单位。
paper-slips-everybody = 所有排好日子的人
paper-slips-to-tell = 只要还没通知的

slips-title = 通知单：{ $campaign }
slips-number = 编号{ $number }，第{ $session }场
slips-time = 时间
slips-place = 地点
slips-at-home = 上门，请在家等
slips-what = 项目
slips-prepare = 注意
slips-voluntary = 自愿参加，可以不来，不影响其他任何服务。想改日子请打电话。
slips-phone = 电话

session-roster-title = 签到表：{ $campaign }
session-roster-staff = 谁来
session-roster-seats = 排了{ $people }人，共{ $seats }座。
session-roster-walk-ins = 空着的几行留给没约就来的人。只记来没来，不记结果。
session-roster-by = 签到人：

door-list-title = 门口名单：{ $campaign }
door-list-others = 名单上没有的也可以来问：还有空位就能做。
door-list-down = 姓名已经遮盖。当天结束就取下。

clinic-list-title = 卫生院名单：{ $campaign }
clinic-list-marks = 来了的在最后一列写“是”，没来的写“否”，换了日子来的写哪天来的；别的列请不要改，改好交回村里。

paper-person-appointments = 给您排的日子
paper-person-no-day = 还没有定日子
