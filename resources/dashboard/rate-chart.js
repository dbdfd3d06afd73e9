// SPDX-License-Identifier: GPL-3.0-or-later
//
// The chart of sent and failed per second, drawn by uPlot (a classic script: it gives a global), in the colours of the style sheet.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export class RateChart {
  #host;
  #plot = null;
  #data = [[], [], []];

  constructor(host) {
    this.#host = host;
    this.#draw();
    new ResizeObserver(() => this.#plot.setSize(this.#size())).observe(host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  show({ time, sent, failed }) {
    this.#data = [time, sent, failed];
    this.#plot.setData(this.#data);
    const peak = Math.max(...sent);
    this.#host.setAttribute("aria-label", `Per second over five minutes: ${sent.at(-1)} sent and ${failed.at(-1)} failed now, ${peak} sent at the peak`);
  }

  #size() {
    return { width: Math.max(this.#host.clientWidth, 100), height: this.#host.clientHeight };
  }

  #draw() {
    this.#plot?.destroy();
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour("--quiet"), font: "11px Inter, system-ui, sans-serif", ticks: { show: false }, grid: { stroke: colour("--grid"), width: 1 } };
    const line = (label, name) => ({ label, stroke: colour(name), width: 1.75, fill: `${colour(name)}1f`, points: { show: false } });
    this.#plot = new globalThis.uPlot({
      ...this.#size(),
      cursor: { show: false },
      legend: { show: false },
      padding: [8, 8, 0, 0],
      scales: { y: { range: (plot, low, high) => [0, niceTop(high)] } },
      axes: [
        { ...axis, space: 70, size: 28, grid: { show: false }, values: (plot, ticks) => ticks.map((tick) => clock.format(tick * 1000)), incrs: [60, 120, 300] },
        { ...axis, space: 38, size: 44, values: (plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? tick.toLocaleString() : "")) },
      ],
      series: [{}, line("Sent", "--sent"), line("Failed", "--failed")],
    }, this.#data, this.#host);
  }
}

// 1, 2 or 5 times a power of ten, at or above `value`, and room above it.
function niceTop(value) {
  const wanted = Math.max(5, (value ?? 0) * 1.1);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= wanted);
}
