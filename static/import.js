/* Comfort on the preview of an import; without it every figure is a link that loads the page anew.
   A figure's reading comes into the bar without that, arrow keys go from figure to figure, and choosing from a list
   marks the answer that it belongs to. */
"use strict";

const grid = document.querySelector(".grid");
const bar = document.getElementById("selected");

if (grid && bar) {
  const figures = () => [...grid.querySelectorAll("tbody a[id]")];

  const mark = (link) => {
    for (const old of grid.querySelectorAll("[aria-current], .here")) {
      old.removeAttribute("aria-current");
      old.classList.remove("here");
    }
    link.setAttribute("aria-current", "true");
    link.closest("tr").querySelector(".rn").classList.add("here");
    const letters = link.id.replace(/^cell-|[0-9]+$/g, "");
    for (const head of grid.querySelectorAll("thead .letter")) {
      head.classList.toggle("here", head.textContent === letters);
    }
  };

  // One figure is a stop of the Tab key; arrow keys lead to the others.
  const stopAt = (link) => {
    for (const other of figures()) other.tabIndex = other === link ? 0 : -1;
  };

  let latest = 0;
  const select = async (link) => {
    const request = ++latest;
    mark(link);
    stopAt(link);
    const query = new URL(link.href).search;
    try {
      const answer = await fetch(new URL(`cell/${query}`, location.href.split(/[?#]/)[0]));
      if (!answer.ok) throw new Error(answer.status);
      const html = await answer.text();
      if (request !== latest) return;
      bar.innerHTML = html;
      history.replaceState(null, "", link.href);
    } catch {
      location.assign(link.href);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='cell=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const there = document.getElementById(new URL(link.href).hash.slice(1));
    const isHere = new URL(link.href).searchParams.get("sheet") === new URLSearchParams(grid.dataset.query).get("sheet");
    if (!there || !isHere) return;
    event.preventDefault();
    there.focus();
    there.scrollIntoView({ block: "nearest", inline: "nearest" });
    select(there);
  });

  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  grid.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const from = event.target.closest("a[id]");
    if (!step || !from) return;
    event.preventDefault();
    const here = from.getBoundingClientRect();
    const [x, y] = [here.left + here.width / 2, here.top + here.height / 2];
    let best = null;
    for (const link of figures()) {
      const box = link.getBoundingClientRect();
      const across = box.left + box.width / 2 - x;
      const down = box.top + box.height / 2 - y;
      const ahead = step[0] ? across * step[0] : down * step[1];
      const aside = Math.abs(step[0] ? down : across);
      const isInLine = aside < (step[0] ? here.height : here.width) / 2;
      if (link !== from && ahead > 1 && isInLine && (!best || ahead < best.ahead)) best = { link, ahead };
    }
    if (best) {
      best.link.focus();
      best.link.scrollIntoView({ block: "nearest", inline: "nearest" });
      stopAt(best.link);
    }
  });

  stopAt(grid.querySelector("tbody a[aria-current]") || figures()[0]);
}

for (const list of document.querySelectorAll(".todo .other select")) {
  list.addEventListener("change", () => {
    list.closest(".other").querySelector("input").checked = list.value !== "";
  });
}
