// SPDX-License-Identifier: GPL-3.0-or-later
// A contact's page: listens to its inbox with npm ws and prints what it is told, a line each, until its input ends.
// Usage: node inbox.mjs URL TOKEN
import WebSocket from "ws";

const [url, token] = process.argv.slice(2);
const socket = new WebSocket(url, ["carillon.v1", `bearer.${token}`]);
const say = (object) => socket.send(JSON.stringify(object));
socket.on("message", (data) => {
  const message = JSON.parse(data);
  if (message.op === "welcome") {
    say({ id: 1, op: "subscribe", types: ["*"] });
    say({ id: 2, op: "subscribe", types: ["notification.*"] });
  } else if (message.op === "ping") {
    say({ op: "pong" });
  } else {
    console.log(JSON.stringify(message));
  }
});
socket.on("error", (error) => { console.log(JSON.stringify({ error: String(error) })); process.exit(1); });
process.stdin.on("end", () => socket.close(1000)).resume();
