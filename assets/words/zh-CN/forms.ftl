### 住户的表：添加、修改、分户、并户、转户、换户主，没填完的表

form-save = 保存
form-keys = Ctrl+S 保存，Esc 关上
form-too-long = 太长了，最多{ $most }个字，请写短一些。
form-add-to = 给这一户添人
form-newborn = 新生儿
form-head = 换户主
form-do-split = 分户
form-do-move = 转过去
form-do-join = 并成一户

form-came = 怎么来的
form-came-missing = 一直在，补登
form-came-moved-in = 迁入
form-source-moved-in = 迁入登记
form-source-newborn = 新生儿登记
form-born-hint = 例如 19850301、1985.3，只知道年份也行
form-id-known = 这个身份证号已经登记了：{ $name }，{ $place }。
form-id-read = 按{ $number }登记。
form-id-decides = { $born }出生，{ $age }，{ $sex }
form-whose-child = 谁的孩子
form-relation-hint = 妻、长子，或打拼音 qi
form-relation-unclear = 看不懂这个关系，请从下面选一个，不清楚就空着。
form-relations-unknown = 有{ $count }人和户主的关系还不清楚，空着也行，问到再补。
form-phone-odd = 手机号一般是11位，请再看一眼；照这样存也行。

form-group-hint = 几组，例如 3
form-group-new = 这是新的组，保存后会加上。
form-households = { $count }户
form-household-hint = 户号，或户主姓名
form-household-new = 这是新的一户，保存后会加上。
form-household-known = 这一户：{ $head }家，{ $count }人 { $address }
form-household-choose = 请从下面选一户，或打户号。
form-number-taken = 这个组里已经有这个户号了，是{ $head }家。

form-who-goes = 哪些人走，请勾选
form-new-home = 新户
form-new-head = 新户里谁是户主，其他人是户主的什么人
form-move-where = 转到哪一户
form-relations-there = 到那边是户主的什么人
form-same-household = 他们本来就在这一户，请另选一户。
form-head-leaves = 户主也走了，保存后请给留下的人选个新户主。
form-who-is-head = 谁是户主，其他人是户主的什么人
form-join-with = 和哪一户合并
form-which-stays = 合并后用哪一户的户号和地址
form-lives-there = 有{ $count }人：{ $names }
form-joined = 合并后{ $place }有{ $count }人，{ $gone }这个户号不再用。

form-lives-here = 家里的人（{ $count }）
form-gone = 已迁出或去世的（{ $count }）
form-nobody-present = 现在没有人住在这一户。
form-unsorted-hint = 这些人还不知道是哪一户的。勾选一家人，点“分户”就成一户。
form-open-household = 看这一户

form-drafts = 有{ $count }张没填完的表：{ $form } { $label }（{ $when }）
form-go-on = 接着填
form-drop = 不要了
form-drop-sure = 丢掉就找不回来了，真的不要了？
form-drop-yes = 丢掉
form-resumed = 接着{ $when }没填完的。
form-not-kept = 填的内容还没存下来，会自动再存，请先不要关掉程序。
form-anew = 重新填
form-when-today = 今天{ $time }
form-when-yesterday = 昨天{ $time }
form-when = { $day }{ $time }
form-home = { $group }{ $number }户
form-and = 、
form-household-left = 现在没有人住
