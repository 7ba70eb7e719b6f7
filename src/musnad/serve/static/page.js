// What is new on an open story: server-sent events, and where they do not come, the same news polled. Every answer
// names the state that it leads to, how the page stands down to where it agrees (order, then) and what differs (html).
"use strict";
(() => {
  const feed = document.getElementById("feed");
  const more = document.getElementById("more");
  const state = document.getElementById("state");
  if (!feed) return;
  const story = feed.dataset.story;
  const chosen = feed.dataset.choice ? `&${feed.dataset.choice}` : "";
  const live = feed.dataset.seq !== "";
  const POLL = 12000;
  let seq = feed.dataset.seq;
  let order = [...feed.querySelectorAll(":scope > [data-key]")].map((card) => card.dataset.key);
  let waiting = null;
  let tag = "";

  const held = () => new Map([...feed.querySelectorAll(":scope > [data-key]")].map((card) => [card.dataset.key, card]));
  const made = (html) => new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const atTop = () => feed.getBoundingClientRect().top >= -40;

  function edit(news, cards) {
    for (const [key, html] of Object.entries(news.html)) {
      const there = cards.get(key);
      if (!there) continue;
      const card = made(html);
      if (card.outerHTML !== there.outerHTML) { card.classList.add("fresh"); there.replaceWith(card); cards.set(key, card); }
    }
    const stands = new Set(news.order);
    for (const [key, card] of cards) if (!stands.has(key)) { card.remove(); cards.delete(key); }
  }

  function insert() {
    if (!waiting) return;
    const news = waiting;
    const cards = held();
    waiting = null;
    more.hidden = true;
    const lone = feed.querySelector(":scope > p");
    if (lone && news.order.length) lone.remove();
    let before = feed.firstElementChild;
    const deepest = document.getElementById("earlier") ? news.order.findLastIndex((key) => cards.has(key)) : news.order.length;
    for (const key of news.order.slice(0, deepest < 0 ? news.order.length : deepest + 1)) {
      let card = cards.get(key);
      if (!card && news.html[key]) { card = made(news.html[key]); card.classList.add("fresh"); }
      if (!card) continue;
      if (card === before) before = before.nextElementSibling;
      else feed.insertBefore(card, before);
    }
  }

  function take(news) {
    if (news.state === seq) return;
    if (news.more && order.length > news.order.length) { location.reload(); return; }
    seq = news.state;
    for (const [name, html] of Object.entries(news.parts)) {
      const place = document.getElementById(`around-${name}`);
      if (place) place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    }
    document.dispatchEvent(new Event("news"));
    const from = news.then === null ? -1 : order.indexOf(news.then);
    order = from < 0 ? news.order : news.order.concat(order.slice(from));
    waiting = { order, html: waiting ? { ...waiting.html, ...news.html } : news.html };
    const cards = held();
    edit(waiting, cards);
    const fresh = order.filter((key) => !cards.has(key) && waiting.html[key]).length;
    if (!fresh || atTop()) insert();
    else { more.textContent = `${fresh} ${more.dataset.words}`; more.hidden = false; }
  }

  async function poll() {
    try {
      const answer = await fetch(`/story/${story}/news?after=${seq}${chosen}`, { headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.status === 200) { tag = answer.headers.get("ETag") || ""; take(await answer.json()); }
      state.textContent = state.dataset.live;
    } catch { state.textContent = state.dataset.lost; }
  }

  more.addEventListener("click", () => { insert(); feed.scrollIntoView({ block: "start" }); });
  feed.addEventListener("keydown", (event) => {
    const cards = [...feed.querySelectorAll(":scope > [data-key]")];
    const at = cards.indexOf(document.activeElement.closest("[data-key]"));
    const to = { PageDown: at + 1, PageUp: at - 1 }[event.key] ?? (event.ctrlKey ? { Home: 0, End: cards.length - 1 }[event.key] : undefined);
    if (to === undefined || !cards[to]) return;
    event.preventDefault();
    cards[to].focus();
  });
  for (const card of held().values()) card.tabIndex = 0;

  document.addEventListener("click", async (event) => {
    const earlier = event.target.closest("#earlier");
    if (!earlier || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(earlier.href).catch(() => null);
    if (!answer || !answer.ok) { location.assign(earlier.href); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const cards = held();
    const first = feed.lastElementChild;
    for (const card of page.querySelectorAll("#feed > [data-key]")) {
      if (cards.has(card.dataset.key)) continue;
      card.tabIndex = 0;
      feed.append(card);
      if (!order.includes(card.dataset.key)) order.push(card.dataset.key);
    }
    const next = page.getElementById("earlier");
    if (next) earlier.href = next.getAttribute("href"); else earlier.remove();
    (first && first.nextElementSibling || feed).focus({ preventScroll: true });
  });
  if (!live) return;

  const events = new EventSource(`/story/${story}/events?after=${seq}${chosen}`);
  events.addEventListener("open", () => { state.textContent = state.dataset.live; });
  events.addEventListener("news", (event) => take(JSON.parse(event.data)));
  events.addEventListener("error", () => { state.textContent = state.dataset.lost; });
  setInterval(() => { if (events.readyState !== EventSource.OPEN) poll(); }, POLL);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
})();
