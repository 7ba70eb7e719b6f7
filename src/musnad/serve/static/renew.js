// Parts of an open page that are renewed whole. Each has an id, and in data-renew the address of what holds it as it stands
// now (empty: this page); every so many seconds where data-every says so, else when the timeline had news. A part in which
// the reader is stays until the reader leaves it; one that is data-at-top changes only while the top of the page is in view.
"use strict";
(() => {
  const parts = [...document.querySelectorAll("[data-renew]")];
  if (!parts.length) return;
  const address = parts[0].dataset.renew || location.href;
  const every = 1000 * Number(parts[0].dataset.every || 0);
  const TOP = 40;
  const QUIET = 10000;
  let waiting = null;
  let due = 0;

  const busy = (part) => part.contains(document.activeElement) || (part.hasAttribute("data-at-top") && scrollY > TOP);

  function put() {
    if (!waiting) return;
    let left = false;
    for (const part of parts) {
      const now = waiting.getElementById(part.id);
      if (!now || now.innerHTML === part.innerHTML) continue;
      if (busy(part)) left = true;
      else part.replaceChildren(...now.cloneNode(true).childNodes);
    }
    if (!left) waiting = null;
  }

  async function renew() {
    due = 0;
    if (!document.hidden) {
      const answer = await fetch(address).catch(() => null);
      if (answer && answer.ok) { waiting = new DOMParser().parseFromString(await answer.text(), "text/html"); put(); }
    }
    if (every || document.hidden) later();
  }

  // Not all readers at once: each at a time of its own between one and two of these.
  function later() { due = due || setTimeout(renew, (every || QUIET) * (1 + Math.random())); }

  document.addEventListener("visibilitychange", () => { if (!document.hidden && due) { clearTimeout(due); renew(); } });
  document.addEventListener("focusout", () => setTimeout(put));
  document.addEventListener("scroll", put, { passive: true });
  document.addEventListener("news", later);
  if (every) later();
})();
