// Names below a search box while somebody types, in the pattern that WAI-ARIA calls a combobox with a
// list. Nothing needs this: the box is a plain form.

import { element } from "./element.js";

const PAUSE = 150; // milliseconds without a key
const LEAST = 1; // letters

function suggest(form) {
  const input = form.querySelector("input[type=search]");
  const words = input.dataset;
  const list = element(
    "ul",
    { className: "suggested", id: `${input.id}-list`, hidden: true },
    { role: "listbox", "aria-label": words.list },
  );
  const status = element("p", { className: "sr-only" }, { role: "status" });
  let found = [];
  let chosen = -1;
  let waiting = 0;
  let asking = new AbortController();

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.parentElement.append(list, status);

  function option({ name, kind }, number) {
    const made = element("li", { id: `${list.id}-${number}` }, { role: "option" });
    made.append(
      element("span", { textContent: name }),
      element("span", { className: "kind", textContent: words[kind] }),
    );
    return made;
  }

  function choose(number) {
    chosen = number;
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === number));
    });
    if (number < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    }
  }

  function show(suggestions) {
    found = suggestions;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  function close() {
    clearTimeout(waiting);
    asking.abort();
    show([]);
    status.textContent = "";
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const typed = input.value.trim();
    if (typed.length < LEAST) {
      close();
      return;
    }
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal });
      const { suggestions = [] } = answer.ok ? await answer.json() : {};
      if (signal.aborted) return;
      show(suggestions);
      status.textContent = suggestions.length ? words.some : words.none;
    } catch {
      // Without an answer the form still works.
    }
  }

  input.addEventListener("input", () => {
    // What was chosen belongs to other letters.
    choose(-1);
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const count = found.length;
    // The keys then belong to what puts letters together.
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0) {
      location.assign(found[chosen].url);
      event.preventDefault();
    } else if (count && event.key === "ArrowDown") {
      choose(chosen + 1 < count ? chosen + 1 : -1);
      event.preventDefault();
    } else if (count && event.key === "ArrowUp") {
      choose(chosen < 0 ? count - 1 : chosen - 1);
      event.preventDefault();
    }
  });
  input.addEventListener("blur", close);
  // Before the box loses the focus, which would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(found[[...list.children].indexOf(option)].url);
  });
}

document.querySelectorAll("form[data-suggestions]").forEach(suggest);
