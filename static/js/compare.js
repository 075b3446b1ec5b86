// Comforts for choosing and comparing companies. Every page is whole without them: what is done here
// at once is otherwise done by a form or a link of the page, and the page comes again. Two parts, of
// which a page has one; together, so that no page asks for two modules. All words are the page's own.

const COOKIE = "compare"; // as in companies/tray.py, which reads it

function remember(slugs, attributes) {
  try {
    const age = slugs.length ? "" : "; max-age=0";
    document.cookie = `${COOKIE}=${slugs.join(".")}; ${attributes}${age}`;
  } catch {
    // A browser may forbid to store anything; then the choice lasts as long as the page.
  }
}

function remembered() {
  try {
    const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${COOKIE}=`));
    return found ? found.slice(COOKIE.length + 1) : "";
  } catch {
    return "";
  }
}

function element(name, properties, attributes = {}) {
  const made = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// ------------------------------------------------------------------------------------ the tray

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

// ------------------------------------------------------------------------------ the comparison

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

const tray = document.getElementById("compare-tray");
if (tray) follow(tray);

const link = document.getElementById("share");
if (link) {
  // The tray holds on other pages what is compared here.
  const heads = [...document.querySelectorAll("[data-compared]")];
  remember(heads.map((head) => head.dataset.compared), link.dataset.cookie);
  offerCopying(link);
  const frame = document.querySelector(".compare");
  if (frame) arrange(frame);
}
