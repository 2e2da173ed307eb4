### 口令、纸质恢复码和密钥文件。

error-passphrase-short = 口令太短，至少要 { $least } 个字。可以用几个词连起来，好记又难猜。
error-passphrase-long = 口令太长，最多 1000 个字。请换一个短一点的。
error-passphrase-digits = 只用数字的口令（生日、手机号）容易被猜中。请加上几个字或字母，或用 12 位以上的数字。
error-passphrase-easy = 这个口令太容易被猜中。请换一个，比如几个不相干的词连起来。
error-wrong-passphrase = 口令不对。请看看大小写和输入法再试；忘了口令，可以用纸质恢复码打开。
error-wrong-paper-code = 这张纸质恢复码不是这本台账的。请找这本台账的那一张，或者用口令打开。
error-paper-code-length = 纸质恢复码是 8 组，每组 4 个字符，一共 32 个；现在输入了 { $found } 个。请对照纸上补全。
error-paper-code-group = 纸质恢复码第 { $group } 组有错。请对照纸上重输这一组（恢复码里没有 0、O、1、I、L）。
error-paper-code-half = 纸质恢复码第 { $from } 组到第 { $to } 组里有几处错，或者前后顺序颠倒了。请对照纸上重输。
error-keys-missing = 找不到这本台账的密钥文件 { $path }。它应当和台账放在一起；请把它放回来，或者从副本里恢复。
error-keys-damaged = 密钥文件坏了，台账没有动。请从副本里恢复。
error-keys-newer = 密钥文件是新版本的程序写的。请先更新本程序，文件没有动。
error-keys-not-made = 密钥文件没有做成，什么也没有改。请再试一次。
error-keys-do-not-fit = 口令是对的，但密钥文件和台账对不上：台账坏了，或者密钥文件是另一本台账的。请从备份或副本里恢复。
error-ledger-exists = { $path } 已经有一本台账了，没有动它。请换一个位置，或者直接打开它。
error-ledger-parts-exist = 这里还留着另一本台账的文件 { $path }，没有动它。请先把它移到别处，或者换一个位置。
error-backup-differs = 做好的备份和台账对不上，已经删掉；以前的备份都还在。请检查磁盘后再做一次。
error-not-a-copy = 这不是乡里的副本文件。请选 U 盘上以 .xlc 结尾的文件。
error-copy-is-ledger = 这是台账或备份文件，不是副本。副本以 .xlc 结尾，请在原来的电脑上用“做副本”重新做一份。
error-copy-cut = 这份副本不完整，可能是没拷完就拔了 U 盘。请回原来的电脑重新做一份，这里什么也没有写。
error-copy-damaged = 这份副本坏了，这里什么也没有写。请换另一份副本，或者回原来的电脑重新做一份。
error-copy-newer = 这份副本是新版本的程序做的。请先更新本程序，文件没有动。
error-copy-differs = 写好的副本读回来对不上，已经删掉，台账没有动。请换一个 U 盘再试。
