const express = require("express");

const app = express();
app.use(express.json());
app.use("/watch", require("./routes/watch"));
app.listen(3000);
