### 窗口：历史、锁上、快捷键、状态栏

ui-history-beginning = 台账的开头，不能撤销
