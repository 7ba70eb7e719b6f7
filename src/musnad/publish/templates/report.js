(function () {
  var tip = document.getElementById("tip"), lit = [], held = false;
  function clear() { lit.forEach(function (e) { e.classList.remove("on"); }); lit = []; tip.hidden = true; held = false; }
  function light(e) { e.classList.add("on"); lit.push(e); }
  function show(mark, hold) {
    var id = mark.dataset.a.split(" ").pop(), card = document.getElementById(id);
    clear();
    held = hold;
    tip.className = card.className.replace(" deep", "");
    tip.lang = card.closest("[lang]").lang; tip.dir = card.closest("[dir]").dir;
    tip.replaceChildren.apply(tip, Array.from(card.cloneNode(true).childNodes));
    tip.hidden = false;
    var at = mark.getClientRects()[0], high = tip.offsetHeight, wide = tip.offsetWidth;
    var below = at.bottom + 8 + high < innerHeight;
    tip.style.top = Math.max(8, below ? at.bottom + 8 : at.top - 8 - high) + "px";
    tip.style.left = Math.max(8, Math.min(innerWidth - wide - 8, at.left + at.width / 2 - wide / 2)) + "px";
    document.querySelectorAll('.m[data-a~="' + id + '"]').forEach(light);
    light(card);
    var list = card.closest("aside");
    if (list.scrollHeight > list.clientHeight) list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top - 60;
  }
  function markOf(event) { return event.target.closest && event.target.closest("[data-a]"); }
  addEventListener("pointerover", function (e) {
    if (e.pointerType !== "mouse" || held) return;
    var mark = markOf(e);
    if (mark) show(mark, false); else if (!tip.contains(e.target)) clear();
  });
  addEventListener("focusin", function (e) { var mark = markOf(e); if (mark) show(mark, true); });
  addEventListener("click", function (e) {
    var mark = markOf(e);
    if (mark) { e.preventDefault(); show(mark, true); } else if (!tip.contains(e.target)) clear();
  });
  addEventListener("keydown", function (e) { if (e.key === "Escape") clear(); });
  addEventListener("scroll", function () { if (!held) clear(); }, { passive: true });
})();
