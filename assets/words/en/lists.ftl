### The tab of service lists

lists-page-names = Lists
