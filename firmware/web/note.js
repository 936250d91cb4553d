// SPDX-License-Identifier: MIT
// What is said at once: a refusal takes the stage for a while, a good word stands at its foot.

import { byId, html, renew, shape } from "./parts.js";
import { hasWord, word } from "./words.js";

const faces = {
  wrong: ["stop", "refuse"], "too-many": ["stop", "over"], short: ["stop", "short"], over: ["stop", "over"],
  printer: ["look", "look"], look: ["look", "look"], called: ["ask", "hold"],
  ready: ["go", "go"], complete: ["go", "go"], tick: ["go", "go"],
};
const badSounds = ["wrong", "too-many", "printer", "look"];
const badFor = 6000;
const goodFor = 2200;
// The stage itself says these, larger.
const saidByStage = ["complete", "short", "over", "unprovable", "held", "weigh-in-parts", "changed", "stopped",
  "asked", "read-first", "all-counted", "piece-odd"];

let over = null;

function text(note) {
  const detailed = `refused.${note.args[0]}`;
  if ((note.key === "refused" || note.key === "bag-refused") && hasWord(detailed)) return word(detailed, note.args);
  if (note.key === "failed") return word("page.failed");
  return word(`note.${note.key}`, note.args);
}

// null: nothing is to be said any more.
export function showNote(note, sound, view) {
  const part = byId("note");

  clearTimeout(over);
  part.hidden = !note || saidByStage.includes(note.key) || (view !== null && view?.state === "stopped");
  if (part.hidden) return;
  const bad = badSounds.includes(sound);
  const [tone, sign] = faces[sound] ?? faces.look;
  part.dataset.tone = tone;
  part.dataset.size = bad ? "whole" : "foot";
  renew("note", [note, sound, document.documentElement.lang], () => [
    html("div", { class: "sign" }, shape(sign), bad && tone === "stop" ? html("b", {}, word("refused.word")) : null),
    html("p", {}, text(note))]);
  over = setTimeout(() => showNote(null), bad ? badFor : goodFor);
}

const counted = (view) => view.items.reduce((sum, { scanned }) => sum + scanned, 0);

// Work went on: the refusal before it is old.
export const noteIsPast = (last, view) => last.state !== view.state || counted(last) !== counted(view);
