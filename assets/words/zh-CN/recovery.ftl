### 台账坏了怎么办、备份演练、磁盘写不进去

damage-sound = 整本核对过，没有发现损坏。
damage-missing = 原来的位置没有台账文件。
damage-unreadable = 台账文件最要紧的地方坏了，里面的内容读不出来。
damage-other-keys = 密码打得开密钥文件，台账和所有备份却都不认这把钥匙：密钥文件多半是另一本台账的。请把原来的密钥文件（名字以“.keys”结尾）放回台账旁边，再看一次；找不到了，就打开一份拷出的副本，密钥在副本里。要是密钥文件没有动过，那就是台账和备份都坏了，请写一个求助包，请人帮忙。
damage-pages = 台账文件有{ $pages }处坏了，其余的还读得出来。多半是断电、硬盘老化，或U盘没有退出就拔了。
damage-content = 台账文件读得出来，但和历史记录对不上，可能被改动过。
damage-backups-damaged = 最新的{ $count }份备份也坏了，已经跳过，用再早一份。
damage-backups-all-damaged = 旁边的{ $count }份备份都坏了。
damage-no-backup = 旁边没有一份完好的备份。请写一个求助包，请人帮忙；也可以打开一份拷出的副本。
damage-backup = { $when }的备份是好的，整份核对过：{ $residents }人，到第{ $revision }步。
damage-later = 这份备份以后又登记过{ $steps }步，备份里没有。
damage-later-none = 这份备份以后没有再登记过，什么也不会少。
damage-later-unknown = 这份备份以后登记过多少，已经看不出来了。
damage-carried-all = 后来的{ $steps }步都还读得出来，逐条核对过，可以补上（到{ $until }），一步不少。
damage-carried = 后来的登记里有{ $steps }步还读得出来，逐条核对过，可以补上（到{ $until }）；另外{ $lost }步读不出来，要重新登记。
damage-carried-unknown = 后来的登记里有{ $steps }步还读得出来，逐条核对过，可以补上（到{ $until }）；再往后有没有，看不出来。
damage-carried-none = 后来的登记读不出来，补不上，要重新登记。

restored-carried = 已换成备份，并补上了后来的{ $steps }步：现在到第{ $revision }步，{ $residents }人。

packet-title = 乡里台账求助包
packet-made = { $when }写成，程序版本 { $version }。
packet-holds = 里面是：坏了的台账文件原样一份、它的日志文件（有的话）、密钥文件。
packet-opens = 都是封着的，没有这个村的密码或恢复码谁也打不开。密码和恢复码不要和这个包放在一起，也不要发给别人。
packet-written = 求助包写好了，已读回核对：{ $path }。连同这个文件去请人帮忙；密码不要写在一起。
packet-written-unread = 求助包写好了：{ $path }。硬盘有{ $bytes }字节读不出来，包里这一段是空的；请尽快换硬盘。

rehearsal-passed = 备份演练通过：{ $when }的备份打得开，{ $residents }人，到第{ $revision }步，和台账对得上。
rehearsal-failed = 备份演练没有通过：{ $when }的备份打不开，或和台账对不上。请马上重新备份一份，再拷一份到U盘。
error-no-backup = 还没有备份，先备份一份。

medium-full = 磁盘满了，现在只能看、不能记；已保存的都在，正在填的也留着。请删掉不用的文件或清空回收站，腾出地方后会自动恢复。
medium-full-brief = 磁盘满了，只能看。
medium-protected = 台账所在的文件夹或U盘写不进去，现在只能看、不能记；已保存的都在。请打开U盘的写保护开关，或把台账放回本机，能写了会自动恢复。
medium-protected-brief = 写不进去，只能看。
medium-failing = 台账所在的磁盘写不进去，现在只能看、不能记；已保存的都在。请检查U盘有没有插好；还不行，请找懂电脑的人看看这块磁盘。
medium-failing-brief = 磁盘写不进去，只能看。
medium-carried = 台账在U盘上，现在只能看、不能记：U盘一拔、一丢，台账就没了。请把它所在的整个文件夹复制到电脑硬盘（如“D:\乡里”），再从那里打开。
medium-carried-brief = 台账在U盘上，只能看。
medium-network = 台账在网络盘（别的电脑的共享文件夹）上，现在只能看、不能记：网络一断，台账可能写坏。请把它所在的整个文件夹复制到这台电脑的硬盘（如“D:\乡里”），再从那里打开。
medium-network-brief = 台账在网络盘上，只能看。
error-ledger-failing = 磁盘写不进去，这一步没有保存；请检查磁盘或U盘有没有插好，再试一次，以前保存的都在。

cli-recover-look = 用 recover restore 换上这份备份；加 --replay 补上还读得出来的；recover packet --to 文件夹 写求助包。

damage-page-title = 台账文件有损坏
damage-page-title-missing = 台账文件不在原来的位置
damage-page-title-sound = 台账刚才没有读出来
damage-page-title-keys = 台账和密钥文件对不上
damage-page-calm = 先别急：什么都没有删，备份和坏了的文件也都不会删；坏文件只改个名字（带“-aside-”）留在旁边。请按下面的次序办。
damage-page-gone = 先别急：程序没有删它。看看是不是挪到了别处，或者进了回收站、杀毒软件的隔离区；找到了就放回原处，再看一次。找不到，请按下面的次序办。
damage-page-looking = 正在找一份完好的备份，再看坏文件里还读得出多少…
damage-page-again = 再看一次
damage-page-reopen = 关上，再打开一次
damage-page-sound = 可能是刚才读盘出了岔子。请关上再打开一次；还是不行，就写一个求助包，请人帮忙。
damage-page-backup = 一、用最近一份完好的备份
damage-page-use-backup = 只用备份打开
damage-page-carry = 二、用备份，再补上后来的登记
damage-page-use-carry = 用备份打开，并补上后来的
damage-page-help = { $place ->
    [1] 请人帮忙
    [2] 二、请人帮忙
   *[3] 三、请人帮忙
}
damage-page-help-hint = 坏文件、密钥文件和一张说明装进一个求助包，交给懂的人。包是封着的，没有密码看不到里面的人；密码不要和它放在一起。
damage-page-help-folder = 求助包写到哪个文件夹（U盘）
damage-page-help-write = 写求助包
damage-page-packing = 正在写求助包并读回核对…
damage-page-other = 换一份备份…
damage-page-look-on = 先看看还能看的
damage-page-working = 正在换上备份：先整个核对，再换…
restored-title = 台账打开了
restored-next = 请到“上报备份”里看一眼最后几步，缺的重新登记；再拷一份副本到U盘。

read-only-damaged = 台账文件有损坏，现在只能看还读得出来的，不能记。
read-only-damaged-brief = 台账有损坏，只能看。
read-only-damaged-ways = 怎么办…
read-only-medium-try = 再试一次
medium-again = 又能写了，可以接着记。

status-rehearsal = 备份演练：{ $ago }，{ $residents }人
status-rehearsal-office = 备份演练：{ $ago }
status-rehearsal-failed = 备份演练没有通过
rehearsal-none = 备份演练：每周自动把最新的备份打开核对一次，还没有做过。
rehearsal-now = 现在演练一次
rehearsal-working = 正在打开备份核对…
