// SPDX-License-Identifier: MIT
// Keeps the queue as the bench has it.  Without this script the page is the same, by reloading.

const staleAfterMs = 3500;
let heardAt = Date.now();

const live = () => document.getElementById("live");
const late = document.getElementById("late");
const moved = document.getElementById("moved");

// The key that the server wrote into the page, made of the same parts of the view.
function keyOf(view) {
  if (view.state !== "held" && view.state !== "mismatch") return "-";
  const seen = view.verdict === "none" ? 0 : view.difference_mg;
  return [view.state, view.number, view.parcel, view.verdict, seen, view.findings.length].join(" ");
}

// Somebody who writes is not disturbed: the parcel may have moved on, and deciding would say so.
const isWriting = () => [...document.querySelectorAll(".decide textarea, .decide input:checked")]
  .some((field) => field.checked || field.value !== "");

async function renew() {
  const answer = await fetch("/queue?live=1", { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) {
    location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  if (fresh) live().replaceWith(document.adoptNode(fresh));
  moved.hidden = true;
}

function onView(event) {
  heardAt = Date.now();
  late.hidden = true;
  if (keyOf(JSON.parse(event.data)) === live().dataset.key) return;
  if (isWriting()) moved.hidden = false;
  else renew();
}

const events = new EventSource("/events");
events.addEventListener("view", onView);
for (const name of ["weight", "beat"]) events.addEventListener(name, () => {
  heardAt = Date.now();
  late.hidden = true;
});
// The session is over: the page goes where one signs in.
events.addEventListener("error", () => {
  if (events.readyState === EventSource.CLOSED) location.reload();
});
setInterval(() => {
  if (Date.now() - heardAt > staleAfterMs) late.hidden = false;
}, 1000);
