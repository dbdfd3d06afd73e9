// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the page shows, out of log entries and snapshots; knows nothing of the page. Everything in it is bounded.
//
// "queue.stats" gives the truth for counts and campaigns: { states: { queued: 12, ... }, campaigns: [{ id, name, state, total,
// counts: { sent: 3, ... } }] }. Until one comes, both are counted from the entries seen.

export const WINDOW_SECONDS = 300;
const MAX_DELIVERIES = 200;
const MAX_KNOWN = 20_000;
const MAX_CAMPAIGNS = 50;
const DONE = new Set(["sent", "delivered", "failed", "bounced", "uncertain", "suppressed", "expired", "cancelled"]);
const FAILED = new Set(["failed", "bounced"]);
const ENDED = new Set(["finished", "cancelled", "draft"]);
const CAMPAIGN_STATES = { resumed: "sending", reopened: "sending", unscheduled: "draft" };

export const isProblem = (state) => FAILED.has(state) || state === "uncertain" || state === "retrying";

export class Model {
  constructor() { this.clear(); }

  clear() {
    this.deliveries = new Map(); // id -> { id, state, time, address, channel, campaign, reason }, oldest change first
    this.states = {};
    this.campaigns = new Map();
    this.known = new Map(); // delivery id -> state, to count transitions
    this.rates = new Map(); // second -> { sent, failed }
    this.snapshot = false;
  }

  take(event) {
    const [thing, what] = event.type.split(".");
    if (event.type === "queue.stats") this.#takeSnapshot(event.data);
    else if (thing === "delivery") this.#takeDelivery(event, what);
    else if (thing === "campaign") this.#takeCampaign(event, what);
  }

  // Sent and failed for each of the last seconds up to `now` (ms), oldest first; the running second is left out.
  series(now) {
    const last = Math.floor(now / 1000) - 1;
    const series = { time: [], sent: [], failed: [] };
    for (let second = last - WINDOW_SECONDS + 1; second <= last; ++second) {
      const rate = this.rates.get(second);
      series.time.push(second);
      series.sent.push(rate?.sent ?? 0);
      series.failed.push(rate?.failed ?? 0);
    }
    for (const second of this.rates.keys()) {
      if (second < last - WINDOW_SECONDS) this.rates.delete(second);
    }
    return series;
  }

  // Newest change first.
  latest(problemsOnly) {
    const rows = [...this.deliveries.values()].reverse();
    return problemsOnly ? rows.filter((row) => isProblem(row.state)) : rows;
  }

  running() {
    return [...this.campaigns.values()].filter((campaign) => !ENDED.has(campaign.state)).map((campaign) => {
      const done = Object.entries(campaign.counts).reduce((sum, [state, count]) => sum + (DONE.has(state) ? count : 0), 0);
      return { ...campaign, done, failed: (campaign.counts.failed ?? 0) + (campaign.counts.bounced ?? 0) };
    });
  }

  campaignName(id) {
    return id ? (this.campaigns.get(id)?.name || `#${id}`) : "";
  }

  #takeSnapshot(data) {
    this.snapshot = true;
    this.states = { ...data.states };
    for (const campaign of (data.campaigns ?? []).slice(0, MAX_CAMPAIGNS)) {
      this.#keepCampaign({ ...campaign, counts: { ...campaign.counts } });
    }
  }

  #takeDelivery(event, state) {
    if (!event.delivery) return this.#takeDeliveries(event, state);
    this.#countRate(state, Date.parse(event.time));
    if (!this.snapshot) this.#countTransition(event, state);
    const before = this.deliveries.get(event.delivery);
    this.deliveries.delete(event.delivery);
    this.deliveries.set(event.delivery, {
      id: event.delivery, state, time: event.time, channel: event.channel ?? "", campaign: event.campaign ?? 0,
      address: event.data.address ?? before?.address ?? "", reason: event.data.reason ?? "",
    });
    trim(this.deliveries, MAX_DELIVERIES);
  }

  // One entry for many, { count, first, last } or { count, ids }: all of them are counted, those that are shown get their state.
  #takeDeliveries(event, state) {
    for (const id of idsOf(event.data)) {
      if (!this.snapshot) this.#countTransition({ ...event, delivery: id }, state);
      const shown = this.deliveries.get(id);
      if (shown) this.deliveries.set(id, { ...shown, state, time: event.time });
    }
  }

  #countRate(state, time) {
    const kind = state === "sent" ? "sent" : FAILED.has(state) ? "failed" : "";
    if (!kind) return;
    const second = Math.floor(time / 1000);
    const rate = this.rates.get(second) ?? { sent: 0, failed: 0 };
    rate[kind] += 1;
    this.rates.set(second, rate);
    trim(this.rates, 2 * WINDOW_SECONDS);
  }

  #countTransition(event, state) {
    const before = this.known.get(event.delivery);
    this.known.delete(event.delivery);
    this.known.set(event.delivery, state);
    trim(this.known, MAX_KNOWN);
    move(this.states, before, state);
    if (!event.campaign) return;
    const campaign = this.campaigns.get(event.campaign) ?? { id: event.campaign, name: "", state: "sending", total: 0, counts: {} };
    campaign.total += before === undefined ? 1 : 0;
    move(campaign.counts, before, state);
    this.#keepCampaign(campaign);
  }

  #takeCampaign(event, what) {
    const campaign = this.campaigns.get(event.campaign) ?? { id: event.campaign, name: "", state: what, total: 0, counts: {} };
    campaign.name = event.data.name ?? campaign.name;
    campaign.state = CAMPAIGN_STATES[what] ?? what;
    this.#keepCampaign(campaign);
  }

  #keepCampaign(campaign) {
    this.campaigns.set(campaign.id, { ...campaign, name: campaign.name || this.campaigns.get(campaign.id)?.name || "" });
    trim(this.campaigns, MAX_CAMPAIGNS);
  }
}

function* idsOf({ count = 0, first = 0, last = -1, ids }) {
  if (ids) return yield* ids;
  for (let id = first; id <= last && id < first + Math.min(count, MAX_KNOWN); ++id) yield id;
}

function move(counts, from, to) {
  if (from !== undefined) counts[from] -= 1;
  counts[to] = (counts[to] ?? 0) + 1;
}

function trim(map, size) {
  while (map.size > size) map.delete(map.keys().next().value);
}
