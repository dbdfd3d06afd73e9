// SPDX-License-Identifier: GPL-3.0-or-later
//
// The platforms' own libraries on both sides of a callback's signature. Reads one line of JSON and writes one:
//
//     {"ask": "sign", "now": 1700000000000}
//         a list of callbacks signed by them: {"name", "check", "secret", "url", "query", "headers", "body"}
//     {"ask": "verify", "callbacks": [{"kind", "secret", "url", "headers", "body", "now"}, ...]}
//         a list of true and false: which of ours they accept
import { createRequire } from "node:module";
import { createHash, webcrypto } from "node:crypto";
import { createInterface } from "node:readline";

globalThis.crypto ??= webcrypto;
const require = createRequire(import.meta.url);
const twilio = require("twilio");
const { Webhook } = require("standardwebhooks");
const { Webhook: SvixWebhook } = require("svix");
const { SignJWT } = await import("jose");
const { verifySignature } = require("@vonage/jwt");
const { verifySlackRequest } = require("@slack/bolt/dist/receivers/verify-request.js");
const { generateXHub256Sig } = require("../node_modules/whatsapp/build/utils.js"); // Meta's own, which it keeps to itself
const { WhatsAppAPI } = await import("whatsapp-api-js");

const form = "application/x-www-form-urlencoded";
const whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

function encoded(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) for (const one of [value].flat()) search.append(name, one);
  return search.toString();
}

// `url` is what Twilio was given; it reaches us at `seen`.
function byTwilio(name, parameters, url = "https://news.example/hooks/1/t", seen = url) {
  const { getExpectedTwilioSignature } = require("twilio/lib/webhooks/webhooks.js");
  const signature = getExpectedTwilioSignature("hunter2", url, parameters);
  return { name, check: { kind: "twilio", secret: "{{ secrets.key }}" }, secret: "hunter2", url: seen, query: new URL(seen).search.slice(1),
    headers: { "Content-Type": form, "X-Twilio-Signature": signature }, body: encoded(parameters) };
}

function byTwilioAsJson(body) {
  const { getExpectedTwilioSignature, getExpectedBodyHash } = require("twilio/lib/webhooks/webhooks.js");
  const url = `https://news.example/hooks/1/t?bodySHA256=${getExpectedBodyHash(body)}`;
  return { name: "twilio: JSON", check: { kind: "twilio", secret: "{{ secrets.key }}" }, secret: "hunter2", url, query: new URL(url).search.slice(1),
    headers: { "Content-Type": "application/json", "X-Twilio-Signature": getExpectedTwilioSignature("hunter2", url, {}) }, body };
}

function byStandardWebhooks(now, body) {
  const at = new Date(now);
  return { name: "standard webhooks", check: { kind: "standard_webhooks", secret: "{{ secrets.key }}" }, secret: whsec, url: "", query: "",
    headers: { "webhook-id": "msg_1", "webhook-timestamp": String(Math.floor(now / 1000)), "webhook-signature": new Webhook(whsec).sign("msg_1", at, body) }, body };
}

function bySvix(now, body) {
  return { name: "svix", check: { kind: "standard_webhooks", secret: "{{ secrets.key }}", headers: "svix" }, secret: whsec, url: "", query: "",
    headers: { "svix-id": "msg_1", "svix-timestamp": String(Math.floor(now / 1000)), "svix-signature": new SvixWebhook(whsec).sign("msg_1", new Date(now), body) }, body };
}

async function byVonage(now, body) {
  const token = await new SignJWT({ payload_hash: createHash("sha256").update(body).digest("hex"), api_key: "abcd1234" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" }).setIssuer("Vonage").setJti("a-b-c").setIssuedAt(Math.floor(now / 1000))
    .sign(new TextEncoder().encode("hunter2-signature-secret-of-32-bytes"));
  return { name: "vonage", check: { kind: "jwt", secret: "{{ secrets.key }}", bodyHash: "payload_hash" }, secret: "hunter2-signature-secret-of-32-bytes",
    url: "", query: "", headers: { Authorization: `Bearer ${token}` }, body };
}

function byMeta(name, body) {
  return { name, check: { kind: "hmac", secret: "{{ secrets.key }}", header: "X-Hub-Signature-256", prefix: "sha256=" }, secret: "hunter2",
    url: "", query: "", headers: { "X-Hub-Signature-256": `sha256=${generateXHub256Sig(body, "hunter2")}` }, body };
}

// By Meta's library, which compares the text itself, and by whatsapp-api-js.
function acceptedByMeta(secret, signature, body) {
  return signature === `sha256=${generateXHub256Sig(body, secret)}`
    && new WhatsAppAPI({ token: "t", appSecret: secret, v: "v23.0" }).verifyRequestSignature(body, signature);
}

async function signed(now) {
  const status = { MessageSid: "SM1", MessageStatus: "delivered", To: "+4915112345678", Body: "Grüße & mehr 😀 +1%" };
  return [
    byTwilio("twilio: a form", status),
    byTwilio("twilio: nothing in it", {}),
    byTwilio("twilio: values that come again", { MediaUrl: ["b", "a", "b"], A: "", a: "lower", Z: "upper" }),
    byTwilio("twilio: a query", status, "https://news.example/hooks/1/t?x=1&y=%C3%A4"),
    byTwilio("twilio: with the port", status, "https://news.example:443/hooks/1/t", "https://news.example/hooks/1/t"),
    byTwilio("twilio: without the port", status, "https://news.example/hooks/1/t", "https://news.example:443/hooks/1/t"),
    byTwilioAsJson('{"a":"ä"}'),
    byStandardWebhooks(now, '{"type":"x","data":{"a":"ä"}}'),
    bySvix(now, "{}"),
    await byVonage(now, '{"message_uuid":"u1","status":"delivered"}'),
    byMeta("meta", '{"object":"whatsapp_business_account","entry":[],"a":"\\u00e4"}'),
    byMeta("meta: what is not escaped", '{"object":"whatsapp_business_account","entry":[],"a":"ä 😀"}'),
  ];
}

// `kind` is that of SignedCallback.h.
async function accepts({ kind, secret, url, headers, body, now }) {
  const header = (name) => headers[Object.keys(headers).find((key) => key.toLowerCase() === name)];
  try {
    switch (kind) {
      case "twilio": return twilio.validateRequest(secret, header("x-twilio-signature"), url, Object.fromEntries(new URLSearchParams(body)));
      case "slack":
        verifySlackRequest({ signingSecret: secret, body, nowMilliseconds: now,
          headers: { "x-slack-signature": header("x-slack-signature"), "x-slack-request-timestamp": Number(header("x-slack-request-timestamp")) } });
        return true;
      case "meta": return await acceptedByMeta(secret, header("x-hub-signature-256"), body);
      case "vonage": return verifySignature(header("authorization").slice(7), secret);
      case "standard_webhooks": // it looks at the real clock, so the time is that of the test
        new Webhook(secret).verify(body, headers);
        return true;
      default: return false;
    }
  } catch {
    return false;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = asked.ask === "sign" ? await signed(asked.now) : await Promise.all(asked.callbacks.map(accepts));
  console.log(JSON.stringify(answer));
}
