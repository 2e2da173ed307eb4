### The demo village
error-not-a-demo = This is a real village, not a demo; it was left as it is. To try things, choose the demo village on the first page.
error-demo-filled = People live in this demo village already; start another one to begin anew.
error-demo-size = A demo village has 1 to 1,000,000 people; choose a number in between.
