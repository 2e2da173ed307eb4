### 服务名单这一页

lists-page-names = 名单
