// Ticks and buttons that choose companies for a comparison, at once. What is done here is otherwise
// done by a form, and the page comes again. All words are the page's own.

import { remember, remembered } from "./chosen.js";
import { element } from "./element.js";

function follow(tray) {
  const { most, cookie, full, counted, compare, choose } = tray.dataset;
  const status = element("p", { className: "count" }, { role: "status" });
  const list = tray.querySelector("ul");
  const pattern = tray.querySelector("template").content;
  const submit = tray.querySelector("button[name=tray]");
  const ticks = [...document.querySelectorAll("input[data-compare]")];
  const toggles = [...document.querySelectorAll("button[form=compare-tray][data-add]")];
  let chosen = [...list.children].map((item) => ({
    slug: item.dataset.slug,
    name: item.querySelector("span").textContent,
  }));

  const isChosen = (slug) => chosen.some((company) => company.slug === slug);

  function change(slug, name, isWanted) {
    const others = chosen.filter((company) => company.slug !== slug);
    const isFull = isWanted && others.length >= Number(most);
    if (!isFull) chosen = isWanted ? [...others, { slug, name }] : others;
    remember(chosen.map((company) => company.slug), cookie);
    show(isFull ? full.replace("{name}", name) : "");
  }

  function entry({ slug, name }) {
    const item = element("li");
    item.append(pattern.cloneNode(true));
    const button = item.querySelector("button");
    item.querySelector("span").textContent = name;
    button.ariaLabel = button.ariaLabel.replace("{name}", name);
    button.type = "button";
    button.addEventListener("click", () => {
      const place = [...list.children].indexOf(item);
      change(slug, name, false);
      // The button that had the focus is gone: to the next one, or where companies are chosen.
      const others = list.querySelectorAll("button");
      (others[Math.min(place, others.length - 1)] ?? toggles[0] ?? ticks[0])?.focus();
    });
    // For the browser that forbids to store anything.
    item.append(element("input", { type: "hidden", name: "c", value: slug }));
    return item;
  }

  function show(refusal = "") {
    list.replaceChildren(...chosen.map(entry));
    status.textContent = refusal || counted.replace("{number}", chosen.length);
    // One company is none to compare: the form then leads to where more can be ticked.
    const isEnough = chosen.length > 1;
    submit.value = isEnough ? "compare" : "choose";
    submit.textContent = isEnough ? compare : choose;
    for (const tick of ticks) tick.checked = isChosen(tick.value);
    for (const toggle of toggles) {
      toggle.ariaPressed = isChosen(toggle.value);
      toggle.textContent = isChosen(toggle.value) ? toggle.dataset.remove : toggle.dataset.add;
    }
    tray.hidden = chosen.length === 0;
  }

  // A change is made at once, so that the form need not send it.
  for (const input of document.querySelectorAll("input[name=was]")) input.remove();
  tray.querySelector(".keep")?.remove();
  for (const tick of ticks) {
    tick.removeAttribute("name");
    tick.addEventListener("change", () => change(tick.value, tick.dataset.compare, tick.checked));
  }
  for (const toggle of toggles) {
    toggle.type = "button";
    toggle.addEventListener("click", () => {
      change(toggle.value, toggle.dataset.name, !isChosen(toggle.value));
    });
  }
  tray.append(status);
  show();
  // A page that the browser kept may show what was chosen before.
  addEventListener("pageshow", (event) => {
    const isOld =
      event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const shown = chosen.map((company) => company.slug).join(".");
    if (isOld && remembered() !== shown) location.reload();
  });
}

const tray = document.getElementById("compare-tray");
if (tray) follow(tray);
