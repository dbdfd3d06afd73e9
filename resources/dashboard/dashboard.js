// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page: connects, keeps the model, and draws it a few times a second however fast the entries come.

import { CarillonClient } from "./carillon-client.js";
import { Model } from "./model.js";
import { RateChart } from "./rate-chart.js";

const DRAW_MS = 250;
const TOKEN_KEY = "carillon.token";
const TILES = [
  ["Queued", "waiting", ["queued"]],
  ["Sending", "active", ["sending"]],
  ["Retrying", "unsure", ["retrying"]],
  ["Sent", "sent", ["sent", "delivered"]],
  ["Failed", "failed", ["failed", "bounced"]],
  ["Uncertain", "unsure", ["uncertain"]],
];
const TONES = { queued: "waiting", sending: "active", retrying: "unsure", uncertain: "unsure", sent: "sent", delivered: "sent", failed: "failed", bounced: "failed" };
const LINK_TEXT = { connecting: "Connecting", open: "Live", waiting: "Reconnecting", unauthorized: "Not signed in", closed: "Not connected" };

const byId = (id) => document.getElementById(id);
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const word = (state) => state.charAt(0).toUpperCase() + state.slice(1).replaceAll("_", " ");
const model = new Model();
const chart = new RateChart(byId("chart"));
const tiles = TILES.map(makeTile);
let client = null;
let clockOffset = 0; // the server's clock minus ours
let changed = true;
let countdown = 0;

// A text that stays as it is is not written again: screen readers and selections keep their place.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function makeTile([label, tone]) {
  const value = element("dd", { textContent: "0" });
  const tile = element("div", {}, element("dt", { textContent: label }), value);
  tile.dataset.tone = tone;
  byId("tiles").append(tile);
  return value;
}

function drawTiles() {
  TILES.forEach(([, , states], i) => {
    const count = states.reduce((sum, state) => sum + (model.states[state] ?? 0), 0);
    setText(tiles[i], count.toLocaleString());
  });
}

function drawChart() {
  const series = model.series(Date.now() + clockOffset);
  chart.show(series);
  setText(byId("rate-sent"), series.sent.at(-1).toLocaleString());
  setText(byId("rate-failed"), series.failed.at(-1).toLocaleString());
}

function makeCampaign() {
  const bar = element("progress");
  return element("li", {}, element("div", { className: "name" }, element("span"), element("span", { className: "quiet" })), bar,
    element("p", { className: "count" }));
}

function drawCampaigns() {
  const campaigns = model.running();
  fill(byId("campaigns"), campaigns, makeCampaign, (item, campaign) => {
    const name = model.campaignName(campaign.id);
    setText(item.firstChild.firstChild, name);
    setText(item.firstChild.lastChild, word(campaign.state));
    const bar = item.querySelector("progress");
    bar.setAttribute("aria-label", name);
    bar.max = Math.max(campaign.total, 1);
    bar.value = campaign.done;
    const failed = campaign.failed > 0 ? `, ${campaign.failed.toLocaleString()} failed` : "";
    setText(item.lastChild, `${campaign.done.toLocaleString()} of ${campaign.total.toLocaleString()}${failed}`);
  });
  byId("campaigns-empty").hidden = campaigns.length > 0;
}

function makeRow() {
  return element("tr", {}, element("td", {}, element("span", { className: "state" })), element("td", { className: "time" }),
    element("td"), element("td", { className: "channel" }), element("td", { className: "campaign" }));
}

function drawDeliveries() {
  const rows = model.latest(byId("problems").checked);
  fill(byId("deliveries"), rows, makeRow, (item, row) => {
    const [state, when, address, channel, campaign] = item.children;
    state.firstChild.dataset.tone = TONES[row.state] ?? "waiting";
    setText(state.firstChild, word(row.state));
    state.title = row.reason;
    setText(when, time.format(new Date(row.time)));
    setText(address, row.address);
    address.title = row.address;
    setText(channel, row.channel);
    setText(campaign, model.campaignName(row.campaign));
  });
  byId("deliveries-empty").hidden = rows.length > 0;
}

// As many children as values, each kept and filled anew.
function fill(parent, values, make, show) {
  while (parent.children.length > values.length) parent.lastChild.remove();
  while (parent.children.length < values.length) parent.append(make());
  values.forEach((value, i) => show(parent.children[i], value));
}

function draw() {
  if (document.hidden || byId("live").hidden) return;
  drawChart();
  if (!changed) return;
  changed = false;
  drawTiles();
  drawCampaigns();
  if (byId("follow").checked) drawDeliveries();
}

function showLink({ state, reason, retryInMs }) {
  clearInterval(countdown);
  byId("link").dataset.state = state === "unauthorized" ? "closed" : state;
  setText(byId("link-text"), LINK_TEXT[state]);
  if (state === "waiting") {
    const until = Date.now() + retryInMs;
    const tell = () => setText(byId("link-text"), `Reconnecting in ${Math.max(0, Math.ceil((until - Date.now()) / 1000))} s`);
    tell();
    countdown = setInterval(tell, 1000);
  }
  if (state === "unauthorized" || state === "closed") askForToken(reason ? `The server refused: ${reason}` : "");
}

function tell(text) {
  byId("notice").hidden = text === "";
  setText(byId("notice"), text);
}

function askForToken(reason = "") {
  sessionStorage.removeItem(TOKEN_KEY);
  byId("live").hidden = true;
  byId("sign-in").hidden = false;
  if (reason) setText(byId("sign-in-reason"), reason);
  byId("token").focus();
}

function start(token) {
  client?.close(); // says that it is closed: before the page turns to the new one
  sessionStorage.setItem(TOKEN_KEY, token);
  byId("sign-in").hidden = true;
  byId("live").hidden = false;
  const url = new URL("/ws/v1", location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  url.hash = "";
  client = new CarillonClient({ url: url.href, token, name: "dashboard", tail: 1000, subscriptions: [{ types: ["delivery.*", "campaign.*", "queue.stats"] }] });
  client.addEventListener("state", ({ detail }) => showLink(detail));
  client.addEventListener("welcome", ({ detail }) => { clockOffset = Date.parse(detail.time) - Date.now(); tell(""); });
  client.addEventListener("reset", () => { model.clear(); changed = true; });
  client.addEventListener("event", ({ detail }) => { model.take(detail); changed = true; });
  client.addEventListener("gap", () => tell("This page could not keep up and left some entries out. The counts are right again with the next snapshot."));
  client.addEventListener("expiring", ({ detail }) => tell(`Access ends in ${detail.in} seconds. Open the dashboard from the console again to go on.`));
  client.connect();
}

// From the address, where the console put it, out of sight at once; else from this tab's memory.
function findToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) history.replaceState(null, "", location.pathname);
  return token ?? sessionStorage.getItem(TOKEN_KEY);
}

byId("sign-in").addEventListener("submit", (submit) => {
  submit.preventDefault();
  start(byId("token").value.trim());
  byId("token").value = "";
});
byId("follow").addEventListener("change", () => { changed = true; draw(); });
byId("problems").addEventListener("change", drawDeliveries);
document.addEventListener("visibilitychange", () => { changed = true; draw(); });
setInterval(draw, DRAW_MS);

const token = findToken();
if (token) start(token);
else showLink({ state: "closed" });
