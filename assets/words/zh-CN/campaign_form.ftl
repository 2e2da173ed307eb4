### 体检安排：新建、修改、场次、放假和逢集

campaign-form-nothing = 还没有体检安排
campaign-form-nothing-hint = 一次体检安排，就是卫生院来的那些日子，和哪天请谁来。先定好日子和每场多少座位，再让程序排出谁哪天来，您看过、改过才算数。然后打印通知单送到家，当天早上在名单上勾谁来了。
campaign-form-all = 全部体检安排
campaign-form-calendar = 放假和逢集
campaign-form-over = 已经结束的

campaign-form-name = 名称
campaign-form-programmes = 做哪些项目
campaign-form-days = 日子
campaign-form-next = 下一场
campaign-form-no-next = 没有了
campaign-form-sessions-count = 场次
campaign-form-seats-count = 座位
campaign-form-taken = 排了
campaign-form-came = 来了
campaign-form-period = { $first }—{ $last }

campaign-form-name-one = { $year }年{ $season }{ $programme }
campaign-form-name-many = { $year }年{ $season }{ $programme }等
campaign-form-spring = 春季
campaign-form-summer = 夏季
campaign-form-autumn = 秋季
campaign-form-winter = 冬季

campaign-form-first = 第一天
campaign-form-last = 最后一天
campaign-form-dates = 请写第一天和最后一天，例如 20261201 或 12.1。
campaign-form-dates-first = 先写好第一天和最后一天，下面就能看到排在哪几天。
campaign-form-date-hint = 例如 20261201 或 12.1
campaign-form-place = 地点
campaign-form-bring = 带什么
campaign-form-bring-usual = 空着就写：{ $what }
campaign-form-prepare = 要注意什么
campaign-form-start = 建好

campaign-form-sessions = 场次
campaign-form-weekdays = 每周哪几天
campaign-form-from = 几点开始
campaign-form-to = 几点结束
campaign-form-hours = 时间
campaign-form-time = 看不懂几点，请写成 8:30 或 8点半。
campaign-form-seats = 每场座位
campaign-form-kind = 什么人来
campaign-form-session-place = 在哪里
campaign-form-place-same = 空着就在这次安排的地点
campaign-form-staff = 卫生院谁来
campaign-form-on = 哪一天

campaign-form-add-day = 单加一天
campaign-form-add-day-now = 加上
campaign-form-day-hint = 例如 12.5
campaign-form-day-typed = “单加一天”里写了日子，请点“加上”，不要就清空。
campaign-form-month = { $year }年{ $month }月
campaign-form-day = { $day }日{ $weekday }
campaign-form-days-hint = 点一下，去掉这一天或放回来；划掉的不排。
campaign-form-no-days = 请点每周哪几天，或单加一天。
campaign-form-none-left = 这段日子里没有一天能排，请换星期几，或单加一天。
campaign-form-pattern = 第{ $number }种场次
campaign-form-pattern-add = 再加一种场次（时间或人不同）
campaign-form-pattern-away = 去掉这一种
campaign-form-sum = 一共{ $sessions }场，{ $seats }座
campaign-form-overlap = { $on }有两场时间重叠，请看看是不是写错了；照这样存也行。

campaign-form-of = { $name }：{ $first }到{ $last }
campaign-form-people = 排了{ $taken }人，来了{ $came }人
campaign-form-tell-again = 日子或时间变了：已经通知过的{ $count }人会变回“还没通知”，请再通知一遍。
campaign-form-shut-out = 新的那天，{ $count }人没有能做的项目，会回到“待排”，请另给他们排一场。
campaign-form-place-again = 地点变了：已经通知过的{ $count }人，通知单上还是原来的地点；请给他们换新的通知单。
campaign-form-cancel-sure = 取消后，这一场的{ $count }人回到“待排”，名单和说过的话都在，随时可以撤销。
campaign-form-cancel-yes = 取消这一场
campaign-form-remove-sure = 整次安排和{ $count }人的日子一起删去，服务名单里已告知的不变；删错了可以撤销。
campaign-form-remove-yes = 删去这次安排
campaign-form-leave = 先不动

campaign-form-holidays-hint = 国务院办公厅每年11月左右发布下一年的放假通知。把它做成一张表：第一列日期（2027-01-01），第二列“休”或“班”，第三列名称（元旦）；乡镇有现成的就用现成的。
campaign-form-holidays-none = 还没有导入哪一年的放假安排，现在只避开法律定死的几天（元旦、春节、劳动节、国庆节）。
campaign-form-holidays-year = { $year }年：放假{ $off }天，调休上班{ $work }天
campaign-form-holidays-file = 放假安排的表格
campaign-form-holidays-look = 看一看
campaign-form-holidays-over = { $year }年已有的会被这张表换掉。
campaign-form-holidays-unread = 有{ $count }行看不懂，会略过：第{ $lines }行。
campaign-form-holidays-take = 用这些日子

campaign-form-market-hint = 逢集那天人都去赶集，不排体检。写每月或每周哪几天，例如“三八”就是逢3、逢8。
campaign-form-market-next = 往后逢集：{ $days }
campaign-form-market-save = 记下逢集
campaign-form-market-none = 不避逢集
campaign-form-market-unset = 现在没有记逢集，排场次时不避。

campaign-form-done-days = { $op }，{ $count }天
campaign-form-done-sessions = { $op }，{ $count }场

campaign-form-new = 新建一次体检安排
campaign-form-correct = 修改体检安排
campaign-form-more = 加场次
campaign-form-correct-session = 修改场次
campaign-form-cancel = 取消场次
campaign-form-remove = 删去体检安排
campaign-form-holidays = 放假安排
