// Two comforts of the comparison page, which is whole without them: a button that copies the link,
// and a tray that holds on other pages what is compared here.

const KEY = "companies to compare"; // as in compare-tray.js

const compared = [...document.querySelectorAll("[data-compared]")].map((head) => ({
  slug: head.dataset.compared,
  name: head.dataset.name,
}));
try {
  sessionStorage.setItem(KEY, JSON.stringify(compared));
} catch {
  // A browser may forbid to store anything.
}

const link = document.getElementById("share");
link.addEventListener("focus", () => link.select());
// Browsers give the clipboard to pages under HTTPS and on the machine itself only.
if (navigator.clipboard) {
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "quiet",
    textContent: "Copy the link",
  });
  const status = Object.assign(document.createElement("span"), { className: "count" });
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.value);
      status.textContent = "Copied.";
    } catch {
      link.focus();
      status.textContent = "The browser refused. The link is selected: copy it by hand.";
    }
  });
  link.after(button, status);
}
