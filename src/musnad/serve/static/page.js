// What is new on an open story: server-sent events, and where they do not come, the same news polled. Every answer says how
// the whole page stands (order) and gives what differs (html), so what comes twice or late does no harm.
"use strict";
(() => {
  const feed = document.getElementById("feed");
  const more = document.getElementById("more");
  const state = document.getElementById("state");
  if (!feed) return;
  const story = feed.dataset.story;
  const chosen = feed.dataset.choice ? `&${feed.dataset.choice}` : "";
  const POLL = 12000;
  let seq = feed.dataset.seq;
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
    for (const key of news.order) {
      let card = cards.get(key);
      if (!card && news.html[key]) { card = made(news.html[key]); card.classList.add("fresh"); }
      if (!card) continue;
      if (card === before) before = before.nextElementSibling;
      else feed.insertBefore(card, before);
    }
  }

  function take(news) {
    if (String(news.seq) === String(seq)) return;
    seq = String(news.seq);
    for (const [name, html] of Object.entries(news.parts)) {
      const place = document.getElementById(`around-${name}`);
      if (place) place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    }
    const html = waiting ? { ...waiting.html, ...news.html } : news.html;
    waiting = { order: news.order, html };
    const cards = held();
    edit(waiting, cards);
    const fresh = news.order.filter((key) => !cards.has(key)).length;
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

  const events = new EventSource(`/story/${story}/events?after=${seq}${chosen}`);
  events.addEventListener("open", () => { state.textContent = state.dataset.live; });
  events.addEventListener("news", (event) => take(JSON.parse(event.data)));
  events.addEventListener("error", () => { state.textContent = state.dataset.lost; });
  setInterval(() => { if (events.readyState !== EventSource.OPEN) poll(); }, POLL);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
})();
