//! What clerks write instead of a character: each word is a right one and then the wrong ones.

/// What a clerk who listens writes.
pub const HEARD: &str = "\
    英瑛樱颖 瑛英 霞侠 娥鹅 桂贵 贵桂 莲连联 秀绣 香湘 梅美 菊举 腊辣 枝芝之 \
    芝枝之 根跟 寿受 福富 珍真贞 珠竹 容蓉荣 荣容 丽莉利 华花 花华 萍平 平萍 \
    芳方 玲灵林 敏明 琴勤芹 娟军 燕艳 静敬 洁杰 杰洁 颖影 瑶遥 国果 德得 明民 \
    文闻 世士 建健 军君 志智 新心 红洪宏 海孩 晓小 小晓 俊军 浩皓 宇雨 生声 \
    祥详 兴新 庆清 林琳 强墙 兵冰 伟卫 涛桃 斌彬 波博 辉晖 鹏朋 轩宣 兰蓝岚 \
    春椿 玉育 凤奉 金今 云芸 佳嘉 张章 刘留 余于 于余 程成 魏卫 许徐 肖萧";

/// What a clerk who copies a bad photocopy writes.
pub const SEEN: &str = "\
    凤风 娟绢捐 腊猎 未末 芝艺 枝技 桂挂佳 梅海 海梅 敏毓 香杏 贵责 伟玮 涛焘 \
    洁浩 浩洁 玉王 春青 云去 文丈 天夫 土士 明朋 珍诊 芳劳 容客 燕蒸 静净 颖颍 \
    瑶遥 建健 根恨 祥样 兵乒 斌赋 辉晖 鹏鹃 晓饶 俊浚 霞震 莲蓬 萍苹 玲铃 秀季 \
    菊鞠 金全 杨扬 朱未 陈阵 何向 韩朝 郭敦 董懂 冯马 邓郑 余佘";

/// What an old register, or one from elsewhere, writes.
pub const OLD: &str = "\
    国國囯 华華 兰蘭 凤鳳 贵貴 莲蓮 丽麗 龙龍 张張 刘劉 陈陳 杨楊 军軍 伟偉 \
    叶葉 肖萧 云雲 寿壽 红紅 庆慶 强強 梅槑 升昇 轩軒 赵趙 郑鄭 邓鄧";
