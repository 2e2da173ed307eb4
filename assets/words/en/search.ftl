### Search: why this person was found
search-why-name = name
search-why-given = given name
search-why-pinyin = pinyin
search-why-given-pinyin = pinyin of the given name
search-why-initials = initials
search-why-id-number = ID number
search-why-id-tail = end of the ID number
search-why-phone = phone
search-why-phone-tail = end of the phone number
search-why-household = household no. { $number }
search-why-group = { $name }
search-why-behind = the record merged into this one: { $why }
search-only-first = Only the best { $count } are listed; type a little more, or choose a group.
