// SPDX-License-Identifier: MIT
// Walks the bench through its states and keeps a picture of each, in every size and language.

import { join } from "node:path";
import { Bench, openBrowser, openPage, pause, screens, sizes } from "./bench.mjs";
import { catalogue, notices, weigh } from "./goods.mjs";

const looks = Object.keys(sizes).flatMap((size) => ["zh", "en"].map((language) => ({ size, language })));
const bench = await Bench.open({ catalogue, notices });
const browser = await openBrowser();
const pages = [];
for (const look of looks) pages.push({ ...look, page: await openPage(browser, bench, look) });

async function keep(name) {
  await pause(500);
  for (const { size, language, page } of pages)
    await page.screenshot({ path: join(screens, `${name}-${size}-${language}.png`) });
  const view = await bench.view();
  console.log(`${name}: ${view.state} ${view.say.key} ${JSON.stringify(view.note.key)}`);
}

const walk = {
  "01-signed-out": () => bench.state("signed-out"),
  "02-sign-in-first": () => bench.scan("N20261123-0017"),
  "03-idle": async () => {
    await pause(7000);
    await bench.scan("PS-BADGE-packer-03");
    await bench.state("idle");
    await pause(2500);
  },
  "04-unknown": () => bench.scan("N99999999-0001"),
  "05-reading": async () => {
    await bench.scan("N20261123-0017");
    await bench.state("reading");
  },
  "06-next": async () => {
    await bench.scan("PS-CMD-ok");
    await bench.state("scanning", "weighing");
  },
  "07-scanned": async () => {
    await bench.scanAll(["QHJ033", "QHJ033", "QHJ071"]);
  },
  "08-wrong-item": () => bench.scan("QHJ102"),
  "09-too-many": async () => {
    await pause(2500);
    await bench.scanAll(["QHJ118", "QHJ118"]);
  },
  "10-weighing": async () => {
    await pause(6500);
    await bench.scanAll(["QHJ033", "QHJ071", "QHJ071", "QHJ021"]);
    await bench.state("weighing");
    await pause(2500);
  },
  "11-paper-out-idle": async () => {
    await bench.hand("paper out");
    await pause(2500);
  },
  "12-scale-moving": async () => {
    await bench.hand("paper in");
    await bench.scan("PS-CMD-park");
    await bench.state("idle");
    await bench.scan("N20261123-0012");
    await bench.state("weighing", "scanning");
    await pause(2500);
    await bench.hand(`load ${weigh("N20261123-0012", { QHJ102: -1 })} 3000`);
    await pause(500);
  },
  "13-short": () => bench.state("mismatch"),
  "14-over": async () => {
    await bench.hand("load 0");
    await pause(1200);
    await bench.hand(`load ${weigh("N20261123-0012", { QHJ102: 3 })}`);
    await bench.until("over", ({ verdict }) => verdict === "over");
  },
  "15-locating": async () => {
    await bench.scan("PS-CMD-locate");
    await bench.state("locating");
  },
  "15b-locating-odd": async () => {
    await bench.hand("load 0");
    await pause(1500);
    await bench.hand("load 9.5");
    await pause(2500);
  },
  "16-held": async () => {
    await bench.scan("PS-CMD-call-supervisor");
    await bench.state("held");
    await pause(2500);
  },
  "17-paused": async () => {
    await bench.scan("PS-CMD-pause");
    await bench.state("paused");
  },
  "18-complete-paper-out": async () => {
    await bench.scan("PS-BADGE-packer-03");
    await bench.state("held");
    await bench.scan("PS-CMD-weigh-again");
    await bench.hand("load 0");
    await bench.hand("paper out");
    await pause(1500);
    await bench.hand(`load ${weigh("N20261123-0012")}`);
    await bench.state("printing", "confirm", "uncertain");
    await pause(1500);
  },
  "19-confirm": async () => {
    await bench.hand("paper in");
    await bench.hand("key");
    await bench.state("confirm");
    await pause(2500);
  },
  "20-other-label": () => bench.scan("PS-LBL-N20261123-0099-1-1"),
  "21-done": async () => {
    await pause(2500);
    await bench.confirm();
    await bench.state("idle");
  },
  "22-pan-not-empty": () => bench.scan("N20261123-0038"),
  "23-weighing-next": async () => {
    await bench.hand("load 0");
    await pause(1500);
    await bench.scan("N20261123-0038");
    await bench.state("scanning", "weighing", "reading");
    await pause(2500);
  },
  "24-scale-silent": async () => {
    await bench.scan("PS-CMD-ok");
    await bench.hand("unplug scale");
    await pause(4500);
  },
  "25-scale-back": async () => {
    await bench.hand("plug scale");
    await pause(4500);
  },
  "26-alien": async () => {
    await bench.hand(`load ${(Number(weigh("N20261123-0038")) - 41.7).toFixed(1)}`);
    await bench.state("mismatch", "held");
  },
  "27-parked": async () => {
    await bench.scan("PS-CMD-park");
    await bench.state("idle");
  },
  "28-reprint": async () => {
    await pause(2500);
    await bench.scan("PS-CMD-reprint");
    await bench.state("picking");
  },
  "29-reason": async () => {
    await bench.scan("N20261123-0012");
    await bench.state("reason");
  },
  "30-undone": async () => {
    await bench.scan("PS-CMD-undo");
    await bench.state("idle");
  },
  "31-bagging": async () => {
    await bench.scan("PS-BAG-20261123-01");
    await bench.state("bagging");
  },
  "32-checking": async () => {
    await bench.scan("PS-CMD-undo");
    await bench.state("idle");
    await bench.hand("load 0");
    await bench.scan("PS-CMD-check-weight");
    await bench.state("checking");
  },
  "33-many-items": async () => {
    await bench.scan("PS-CMD-undo");
    await pause(1200);
    await bench.scan("N20261123-0013");
    await bench.state("scanning", "weighing", "reading");
    await pause(2500);
  },
  "34-back": async () => {
    bench.daemon.kill("SIGSTOP");
    await pause(2300);
    for (const { size, language, page } of pages)
      await page.screenshot({ path: join(screens, `35-silent-${size}-${language}.png`) });
    bench.daemon.kill("SIGCONT");
    await pause(1500);
  },
};

let wrong = 0;
// screens.mjs FIRST LAST: only the pictures between are kept, though every step is walked.
const [first = "", last = "~"] = process.argv.slice(2);
for (const [name, step] of Object.entries(walk)) {
  try {
    await step();
    if (name >= first && name <= last) await keep(name);
  } catch (error) {
    wrong++;
    console.log(`${name}: ${error.message}`);
  }
}
for (const { size, language, page } of pages)
  for (const fault of page.faults) console.log(`${size} ${language}: ${fault}`);
await browser.close();
await bench.close();
process.exit(wrong ? 1 : 0);
