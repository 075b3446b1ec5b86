// Folding sections of a comparison without the page coming again, and copying the link to it.

import { remember } from "./chosen.js";
import { element } from "./element.js";

function arrange(frame) {
  const sections = [...frame.querySelectorAll("tbody")].map((body) => ({
    body,
    link: body.querySelector(".section a"),
    key: body.querySelector(".section a").id,
    count: body.querySelector(".section .count"),
  }));
  const all = document.querySelector("a.all");
  const share = document.getElementById("share");

  const isFolded = ({ body }) => body.classList.contains("folded");
  const folded = () => sections.filter(isFolded).map(({ key }) => key);

  // The state that an address carries, with these sections folded instead.
  function folding(address, keys) {
    const url = new URL(address, location.href);
    url.searchParams.delete("folded");
    if (keys.length) url.searchParams.set("folded", keys.join(","));
    url.searchParams.sort();
    url.search = url.searchParams.toString().replaceAll("%2C", ",");
    return url.href;
  }

  function fold(section, isWanted) {
    section.body.classList.toggle("folded", isWanted);
    section.link.ariaExpanded = !isWanted;
    section.count.hidden = !isWanted;
  }

  function keep() {
    const keys = folded();
    history.replaceState(history.state, "", folding(location.href, keys));
    share.value = folding(share.value, keys);
    for (const link of document.querySelectorAll("a[data-arranged]")) {
      link.href = folding(link.href, keys);
    }
    for (const { link, key } of sections) {
      const others = keys.filter((other) => other !== key);
      link.href = folding(link.href, keys.includes(key) ? others : [...others, key]);
    }
    all.href = folding(all.href, keys.length ? [] : sections.map(({ key }) => key));
    all.textContent = keys.length ? all.dataset.open : all.dataset.fold;
    for (const form of document.querySelectorAll(".controls form")) {
      form.querySelector("input[name=folded]")?.remove();
      if (keys.length) {
        form.append(element("input", { type: "hidden", name: "folded", value: keys.join(",") }));
      }
    }
  }

  // A click that asks for another tab or window gets the page that the link leads to.
  const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  function at(link, act) {
    link.addEventListener("click", (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      act();
      keep();
    });
  }

  for (const section of sections) at(section.link, () => fold(section, !isFolded(section)));
  at(all, () => {
    const isWanted = folded().length === 0;
    for (const section of sections) fold(section, isWanted);
  });
}

function offerCopying(link) {
  const { copy, copied, refused } = link.dataset;
  link.addEventListener("focus", () => link.select());
  // Browsers give the clipboard to pages under HTTPS and on the machine itself only.
  if (!navigator.clipboard) return;
  const button = element("button", { type: "button", className: "quiet", textContent: copy });
  const status = element("span", { className: "count" }, { role: "status" });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.value);
      status.textContent = copied;
    } catch {
      link.focus();
      status.textContent = refused;
    }
  });
  link.after(button, status);
}

const share = document.getElementById("share");
if (share) {
  // The tray holds on other pages what is compared here; a page from the archive changes nothing.
  const heads = [...document.querySelectorAll("[data-compared]")];
  const { cookie } = share.dataset;
  if (cookie) remember(heads.map((head) => head.dataset.compared), cookie);
  offerCopying(share);
  const frame = document.querySelector(".compare");
  if (frame) arrange(frame);
}
