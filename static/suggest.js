/* Comfort in the search boxes: names that what is typed may become. Without it the form works as it is.
   A combobox with a list beneath, as in the ARIA Authoring Practices: arrow keys go through the list, Enter takes a name
   and searches for it, Escape closes the list. While an input method composes nothing is asked and no key is ours. */
"use strict";

const PAUSE = 150; // milliseconds after the last letter

const addSuggestions = (input, number) => {
  const list = document.createElement("ul");
  list.id = `suggestions-${number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "候補");
  list.hidden = true;
  const told = document.createElement("span");
  told.className = "unseen";
  told.setAttribute("role", "status");
  const box = document.createElement("span");
  box.className = "suggesting";
  input.replaceWith(box);
  box.append(input, list, told);

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";

  let waiting = 0;
  let latest = null;
  let at = -1;

  const goTo = (place) => {
    at = place;
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(index === at));
      if (index === at) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[at].id);
  };

  const close = () => {
    clearTimeout(waiting);
    latest?.abort();
    goTo(-1);
    list.hidden = true;
    told.textContent = "";
    input.setAttribute("aria-expanded", "false");
  };

  const take = (option) => {
    input.value = option.dataset.name;
    close();
    input.form.requestSubmit();
  };

  const show = (names) => {
    list.replaceChildren(
      ...names.map(({ name, what }, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.dataset.name = name;
        const kind = document.createElement("small");
        kind.textContent = what;
        option.append(name, " ", kind);
        return option;
      }),
    );
    goTo(-1);
    list.hidden = !names.length;
    input.setAttribute("aria-expanded", String(names.length > 0));
    told.textContent = names.length ? `候補が${names.length}件あります。上下の矢印キーで選べます。` : "";
  };

  const ask = async () => {
    latest?.abort();
    latest = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`, latest);
      if (!answer.ok) throw new Error(answer.status);
      const { names } = await answer.json();
      if (document.activeElement === input) show(names);
    } catch (error) {
      if (error.name !== "AbortError") close(); // a box without suggestions is still a box
    }
  };

  const askSoon = () => {
    clearTimeout(waiting);
    if (input.value.trim()) waiting = setTimeout(ask, PAUSE);
    else close();
  };

  input.addEventListener("input", (event) => {
    if (!event.isComposing) askSoon();
  });
  input.addEventListener("compositionstart", close);
  input.addEventListener("compositionend", askSoon);
  input.addEventListener("blur", close);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" && list.hidden) {
      if (input.value.trim()) ask();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown") {
      goTo(at === last ? -1 : at + 1);
    } else if (event.key === "ArrowUp") {
      goTo(at < 0 ? last : at - 1);
    } else if (event.key === "Enter" && at >= 0) {
      take(list.children[at]);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
  });

  // Before the box loses the focus, which would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
};

for (const [number, input] of document.querySelectorAll("input[data-suggest]").entries()) addSuggestions(input, number);
