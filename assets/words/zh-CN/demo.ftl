### 演示村
error-not-a-demo = 这是真实的村，不能填入演示人员；请新建一个演示村。
error-demo-filled = 演示村里已经有人了；要重新来，请另建一个演示村。
error-demo-size = 演示村的人数要在1到1000000之间，请改一下人数。
