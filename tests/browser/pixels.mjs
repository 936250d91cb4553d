// SPDX-License-Identifier: MIT
// How long until it is seen: from a scan on the scanner's line, by way of the journal on disk, to the
// page's DOM and to the frame that is painted next.  A bench, not a test: it prints figures, and exits
// 1 when one is over its limit.

import { Bench, openBrowser, openPage, pause } from "./bench.mjs";
import { catalogue, notices } from "./goods.mjs";

const rounds = 200;
const limit = 50;

const now = () => performance.timeOrigin + performance.now();

// When each state came, by the clock that both processes share.
const watchPage = (page) => page.evaluate(() => {
  const clock = () => performance.timeOrigin + performance.now();
  window.seen = [];
  new MutationObserver(() => {
    const look = { state: document.documentElement.dataset.state, dom: clock() };
    window.seen.push(look);
    requestAnimationFrame(() => setTimeout(() => { look.painted = clock(); }));
  }).observe(document.documentElement, { attributeFilter: ["data-state"] });
});

function tell(what, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const [half, most] = [0.5, 0.95].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  const met = most <= limit;
  console.log(`  ${`${what}, p50 ${half.toFixed(1)} ms, p95`.padEnd(64)} ${most.toFixed(1).padStart(6)} ms   (at most ${limit})  ${met ? "ok" : "MISSED"}`);
  return met;
}

const bench = await Bench.open({ catalogue, notices });
const browser = await openBrowser();
const page = await openPage(browser, bench);

await bench.scan("PS-BADGE-packer-07");
await bench.state("idle");
await watchPage(page);
const scanned = [];
for (let round = 0; round < rounds; round++) {
  scanned.push(now());
  bench.hands.stdin.write(`scan ${round % 2 ? "PS-BADGE-packer-07" : "PS-CMD-pause"}\n`);
  await pause(400); // the same code sooner again is one read
}
const seen = await page.evaluate(() => window.seen);
await browser.close();
await bench.close();

if (seen.length !== rounds) throw new Error(`${rounds} scans, ${seen.length} changes of the page`);
const met = [
  tell("scan on the line to the page's DOM (disk included)", seen.map(({ dom }, round) => dom - scanned[round])),
  tell("scan on the line to the frame that shows it", seen.map(({ painted }, round) => painted - scanned[round])),
];
process.exitCode = met.every(Boolean) ? 0 : 1;
