// SPDX-License-Identifier: MIT
// Small builders of what stands on the page; text is always set as text.

const svgSpace = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const html = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(svgSpace, tag), attributes, children);

const picture = (name, kind, box) =>
  svg("svg", { class: kind, viewBox: box, "aria-hidden": "true" }, svg("use", { href: `#i-${name}` }));

export const icon = (name) => picture(name, "icon", "0 0 24 24");
export const shape = (name) => picture(name, "shape", "0 0 96 96");
export const byId = (id) => document.getElementById(id);

// Builds the part anew only when what it shows has changed, so that a touch in progress is kept.
const shown = new Map();
export function renew(id, facts, build) {
  const key = JSON.stringify(facts);
  if (shown.get(id) === key) return;
  shown.set(id, key);
  byId(id).replaceChildren(...build().filter(Boolean));
}
