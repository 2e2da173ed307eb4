# 乡镇的表格
paper-kind-form = 乡镇表格
township-form-recipient = 乡镇
township-form-purpose = 填乡镇下发的表格
township-form-month = { $year }年{ $month }月
township-form-text-village = 村名
township-form-text-date = 填表日期
township-form-text-month = 填表月份
township-form-residents = 在册人数
township-form-households = 在册户数
township-form-is-xls = 这是旧的 xls 格式，填不了；请用 WPS 或 Excel 打开，另存为 xlsx 再拿来填。
township-form-is-not-xlsx = 只能填 xlsx 表格；请用 WPS 或 Excel 另存为 xlsx 再拿来填。
township-form-has-macros = 这个表格带宏，不填；请另存为不带宏的 xlsx。
township-form-is-long = 这个表超过 { $most } 行，不像要填的表，像名册；名册请到“住户”里导入。
township-form-no-sheet = 这个文件里没有可以填的工作表。
township-form-no-such-sheet = 没有这个工作表，请看一下名称。
township-form-no-such-word = 没有这个填报项；用 form fields 可以看全部。
township-form-is-formula = { $cell } 是公式，会自己算，不用填；请选别的格。
township-form-no-room = { $cell } 往下只有 { $room } 行空着，名单有 { $rows } 行；请在表里加几行再填。
township-form-nothing-bound = 还没有说哪一格填什么；先选好，以后每月自己会填。
cli-form-columns = 名单的栏目用 list.项目.分类.栏目，例如 list.elder-check.booked.name；栏目有：{ $columns }。
cli-form-wrong = 看不懂“{ $said }”；要写成 格=填报项，例如 B4=count.elder-check.told。
cli-form-filled = 已填好：{ $path }（{ $cells } 处，名单 { $people } 人）。
