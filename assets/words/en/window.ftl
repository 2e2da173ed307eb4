### The window: history, locking, keys, the status bar

ui-history-beginning = The beginning, cannot be undone
