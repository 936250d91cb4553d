// SPDX-License-Identifier: MIT
// The message catalogues: what a key says in the language of the page.

const languages = ["zh", "en"];
const catalogues = {};
let language = languages[0];

export const currentLanguage = () => language;
export const otherLanguage = () => languages[(languages.indexOf(language) + 1) % languages.length];

async function load(name) {
  const answer = await fetch(`/${name}.json`);
  catalogues[name] = await answer.json();
}

// The choice made on this screen stands above the bench's configuration.
export async function openWords() {
  await Promise.all(languages.map(load));
  setLanguage(localStorage.getItem("language"));
}

export function setLanguage(wanted, keep = false) {
  if (languages.includes(wanted)) language = wanted;
  if (keep) localStorage.setItem("language", language);
  document.documentElement.lang = language;
}

export const languageIsChosen = () => localStorage.getItem("language") !== null;

export const hasWord = (key) => key in (catalogues[language] ?? {});

// Gaps are {0} to {3} for a sentence's own arguments and {name} for others.
export function word(key, args = []) {
  const text = catalogues[language]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (gap, name) => args[name] ?? "").trim();
}

// What is not in the catalogue stays what it is: a country's or a method's own code.
export const wordOr = (key, otherwise) => (hasWord(key) ? word(key) : otherwise);

export const grams = (mg, digits = 1) => (mg / 1000).toFixed(digits).replace("-", "−");
export const signedGrams = (mg) => (mg > 0 ? "+" : "") + grams(mg);
