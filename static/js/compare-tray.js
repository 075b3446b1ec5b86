// The companies chosen for a comparison follow the visitor from page to page, for as long as the tab
// is open. Nothing needs this: without it ticks are sent as a plain form, which finds more to tick.

const KEY = "companies to compare"; // as in comparison.js
const MOST = 5; // as in companies/comparison/__init__.py
const tray = document.getElementById("compare-tray");
const ticks = [...document.querySelectorAll("input[data-compare]")];

// A browser may forbid to store anything; then the choice lasts as long as the page.
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function write() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // See read().
  }
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

let chosen = [];
const status = element("p", { className: "count" });
status.setAttribute("role", "status");
const names = element("ul");
const wanted = tray.querySelector("input[name=show]");
const submit = tray.querySelector("button");
const toggle = document.querySelector("[data-compare-add]");
const choices = document.querySelectorAll(`nav a[href="${tray.getAttribute("action")}"]`);
const add = element("button", { type: "button", className: "quiet" });

function isChosen(slug) {
  return chosen.some((company) => company.slug === slug);
}

function change(slug, name, isWanted) {
  const others = chosen.filter((company) => company.slug !== slug);
  const isFull = isWanted && others.length >= MOST;
  if (!isFull) chosen = isWanted ? [...others, { slug, name }] : others;
  write();
  show(isFull ? `${MOST} fit side by side: remove one to add ${name}.` : "");
}

function remove(slug, name) {
  change(slug, name, false);
  // The button that had the focus is gone.
  (names.querySelector("button") ?? (toggle ? add : ticks[0]))?.focus();
}

function entry({ slug, name }) {
  const button = element("button", { type: "button", className: "quiet", textContent: "×" });
  button.setAttribute("aria-label", `Remove ${name} from the comparison`);
  button.addEventListener("click", () => remove(slug, name));
  const sent = element("input", { type: "hidden", name: "c", value: slug });
  return element("li", {}, name, sent, button);
}

function show(refusal = "") {
  names.replaceChildren(...chosen.map(entry));
  status.textContent = refusal || `${chosen.length} of ${MOST} chosen`;
  // One company is none to compare: the form then leads to where more can be ticked.
  wanted.disabled = chosen.length < 2;
  submit.textContent = wanted.disabled ? "Choose another" : "Compare";
  for (const tick of ticks) tick.checked = isChosen(tick.value);
  if (toggle) {
    add.setAttribute("aria-pressed", isChosen(toggle.dataset.compareAdd));
    add.textContent = isChosen(toggle.dataset.compareAdd) ? "✓ In the comparison" : "Add to comparison";
  }
  // The page where companies are ticked takes them along, too.
  for (const link of choices) {
    link.search = new URLSearchParams(chosen.map(({ slug }) => ["c", slug]));
  }
  tray.hidden = chosen.length === 0;
}

for (const tick of ticks) {
  // What is chosen is sent by the tray, and would be sent twice.
  tick.removeAttribute("name");
  tick.addEventListener("change", () => change(tick.value, tick.dataset.compare, tick.checked));
}
if (toggle) {
  const { compareAdd: slug, name } = toggle.dataset;
  add.addEventListener("click", () => change(slug, name, !isChosen(slug)));
  toggle.append(add);
}
tray.classList.add("live");
tray.prepend(status, names);
// Also when the visitor comes back to a page that the browser kept.
addEventListener("pageshow", () => {
  chosen = read();
  show();
});
