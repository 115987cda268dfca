"use strict";
(() => {
  const root = document.documentElement;
  const form = document.getElementById("filters");
  const told = form.querySelector("output");
  const nothing = document.getElementById("no-match");
  const blocks = [...document.querySelectorAll("[data-filtered]")];
  const sections = [...new Set(blocks.map((block) => block.parentElement))];
  const texts = new Map();

  const textOf = (block) => {
    if (!texts.has(block)) texts.set(block, block.textContent.toLowerCase());
    return texts.get(block);
  };

  const chosen = (name) => form.elements.namedItem(name)?.value ?? "";

  const matches = (block, wanted) =>
    (!wanted.scenario || block.dataset.scenario === wanted.scenario) &&
    (!wanted.status || block.dataset.status === wanted.status) &&
    (!wanted.code || block.dataset.code.split(" ").includes(wanted.code)) &&
    (!wanted.text || textOf(block).includes(wanted.text));

  const filter = () => {
    const wanted = {
      scenario: chosen("scenario"),
      status: chosen("status"),
      code: chosen("code"),
      text: chosen("text").trim().toLowerCase(),
    };
    const active = Object.values(wanted).some(Boolean);
    for (const block of blocks) block.hidden = !matches(block, wanted);
    for (const section of sections) {
      section.hidden = blocks.every((block) => block.parentElement !== section || block.hidden);
    }
    const shown = blocks.filter((block) => !block.hidden).length;
    told.textContent = active ? `${shown} of ${blocks.length} shown` : "";
    nothing.hidden = shown > 0 || !active;
  };

  // A link to a place leads there whatever is filtered, and opens what it is folded away in.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) form.reset();
    target.closest("details")?.setAttribute("open", "");
    target.scrollIntoView();
  };

  const copy = async (button) => {
    const source = button.closest("figure").querySelector("pre");
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = "Selected: press Ctrl+C";
    }
  };

  const theme = document.getElementById("theme");
  const isDark = () =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const nameTheme = () => {
    theme.textContent = isDark() ? "Light" : "Dark";
    theme.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"} colours`);
  };
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // At the time of the event the fields still hold what they held.
  form.addEventListener("reset", () => {
    for (const field of form.elements) if ("value" in field && field.name) field.value = "";
    filter();
  });
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });

  form.hidden = theme.hidden = false;
  nameTheme();
  follow();
})();
