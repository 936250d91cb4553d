// SPDX-License-Identifier: MIT
// The shift of the scenario tests, with what the page must show besides.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { top } from "./bench.mjs";

const shift = join(top, "tests/fixtures/shift");
const weights = new Map();

// The spreads are told, as an experienced shop would: without them a new bench asks for scans first.
export const catalogue = readFileSync(join(shift, "catalogue.csv"), "utf8").trim().split("\n").map((row, at) => {
  const cells = row.match(/("[^"]*"|[^,]*)(,|$)/gu).map((cell) => cell.replace(/,$/u, "")).slice(0, 9);
  if (at === 0) return row;
  weights.set(cells[0], Number(cells[5]));
  cells[6] ||= (Number(cells[5]) * 0.01).toFixed(3);
  return cells.join(",");
}).join("\n") + "\n";

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

const besides = {
  "N20261123-0017": { wishes: "红色，18 号，礼品包装", fragile: true, due: today() },
  "N20261123-0032": { due: today() },
};

// Net weights are left out: a parcel that is short would be held for net above gross instead.
export const notices = readFileSync(join(shift, "notices.jsonl"), "utf8").trim().split("\n")
  .map((line) => JSON.parse(line)).map((notice) => ({ ...notice, ...besides[notice.notice] }))
  .map((notice) => ({ ...notice, items: notice.items.map(({ unit_net_g: _, ...item }) => item) }));

// What a parcel weighs when all is in it, in grams; leave out or add pieces by SKU.
export function weigh(number, changes = {}) {
  const notice = notices.find((one) => one.notice === number);
  let sum = weights.get(notice.packaging);
  for (const { sku, quantity } of [...notice.items, ...(notice.inserts ?? [])]) sum += weights.get(sku) * quantity;
  for (const [sku, pieces] of Object.entries(changes)) sum += weights.get(sku) * pieces;
  return sum.toFixed(2);
}
