### 搜索：为什么找到这个人
search-why-name = 姓名
search-why-given = 名字
search-why-pinyin = 姓名拼音
search-why-given-pinyin = 名字拼音
search-why-initials = 拼音首字母
search-why-id-number = 身份证号
search-why-id-tail = 身份证尾号
search-why-phone = 电话
search-why-phone-tail = 电话尾号
search-why-household = 户号 { $number }
search-why-group = { $name }
search-why-behind = 合并的另一份记录：{ $why }
search-only-first = 只列出最像的{ $count }人；再多打几个字，或者选一个组。
