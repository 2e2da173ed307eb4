//! Which backups are kept: all of the last 2 days, then 14 daily, 8 weekly and 12 monthly ones.
