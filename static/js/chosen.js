// What a visitor has chosen to compare, in the cookie that companies/tray.py reads.

const COOKIE = "compare";

export function remember(slugs, attributes) {
  try {
    const age = slugs.length ? "" : "; max-age=0";
    document.cookie = `${COOKIE}=${slugs.join(".")}; ${attributes}${age}`;
  } catch {
    // A browser may forbid to store anything; then the choice lasts as long as the page.
  }
}

export function remembered() {
  try {
    const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${COOKIE}=`));
    return found ? found.slice(COOKIE.length + 1) : "";
  } catch {
    return "";
  }
}
