// Follows the feed with npm ws until the campaign is finished, breaking off once in the middle and resuming.
// Usage: node follow.mjs URL TOKEN BREAK_AFTER; prints one JSON object: {seqs, epochs, breaks, recovered}
import WebSocket from "ws";

const [url, token, breakAfter] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const seen = { seqs: [], types: [], epochs: [], recovered: [], breaks: 0 };

function connect() {
  const socket = new WebSocket(url, ["carillon.v1"]);
  let closing = false;
  const last = seen.seqs.at(-1) ?? 0;
  socket.on("open", () => {
    const resume = seen.epochs.length ? { epoch: seen.epochs[0], seq: last } : { epoch: "", seq: 0 };
    socket.send(JSON.stringify({ id: 1, op: "hello", token, client: "test", ...(seen.epochs.length ? { resume } : {}) }));
  });
  socket.on("message", (data) => {
    if (closing) return;
    const message = JSON.parse(data);
    if (message.error) throw new Error(JSON.stringify(message));
    if (message.op === "welcome") {
      seen.epochs.push(message.epoch);
      seen.recovered.push(message.recovered);
      socket.send(JSON.stringify({ id: 2, op: "subscribe", types: ["delivery.*", "campaign.*"] }));
      if (!seen.breaks) console.error("subscribed");
    } else if (message.op === "gap") {
      throw new Error("gap " + JSON.stringify(message));
    } else if (message.op === "ping") {
      socket.send(JSON.stringify({ op: "pong" }));
    } else if (message.op === "event") {
      seen.seqs.push(message.seq);
      seen.types.push(message.type);
      if (message.type === "campaign.finished") {
        closing = true;
        socket.close(1000);
        console.log(JSON.stringify(seen));
      } else if (!seen.breaks && seen.seqs.length >= breakAfter) {
        closing = true;
        seen.breaks = 1;
        socket.terminate(); // as a lost network does
        setTimeout(connect, 300);
      }
    }
  });
  socket.on("error", (error) => { if (!closing) { console.error(String(error)); process.exit(1); } });
  socket.on("close", (code) => { if (!closing) { console.error("closed", code); process.exit(1); } });
}

connect();
