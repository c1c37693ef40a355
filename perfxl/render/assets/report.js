"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  // A table is found by the words of its own head, or by those of the items in it.
  const tables = all("details.table").map((node) => ({
    node,
    row: document.querySelector(`tr[data-row="${node.dataset.number}"]`),
    verdict: node.dataset.verdict,
    head: fold(node.querySelector("summary").textContent + node.querySelector(".facts").textContent),
    parts: all("[data-part]", node).map((part) => ({ node: part, isExtra: part.dataset.part === "extra" })),
    items: all("[data-item]", node).map((item) => ({ node: item, kind: item.dataset.item, text: fold(item.textContent) })),
    wasOpen: node.open,
  }));
  const query = byId("query");
  const chips = all(".chip");
  const pressed = (group) =>
    chips.filter((chip) => chip.dataset[group] && chip.getAttribute("aria-pressed") === "true");
  const values = (group) => new Set(pressed(group).map((chip) => chip.dataset[group]));
  let wasFiltered = false;

  function filterTable(table, words, verdicts, kinds) {
    const isWanted = !verdicts.size || verdicts.has(table.verdict);
    const rest = words.filter((word) => !table.head.includes(word));
    let shown = 0;
    for (const item of table.items) {
      const isShown = (!kinds.size || kinds.has(item.kind)) && rest.every((word) => item.text.includes(word));
      item.node.hidden = !isShown;
      shown += isShown;
    }
    const isNarrowed = kinds.size > 0 || rest.length > 0;
    for (const part of table.parts) {
      const items = all("[data-item]", part.node);
      part.node.hidden = isNarrowed && !items.some((item) => !item.hidden);
    }
    const isShown = isWanted && (!isNarrowed || shown > 0);
    table.node.hidden = !isShown;
    if (table.row) table.row.hidden = !isShown;
    return isShown ? (isNarrowed ? shown : table.items.filter((item) => item.kind !== "extra").length) : -1;
  }

  function apply() {
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    const verdicts = values("outcome");
    const kinds = values("kind");
    const isFiltered = words.length > 0 || kinds.size > 0;
    if (isFiltered && !wasFiltered) for (const table of tables) table.wasOpen = table.node.open;
    let shownTables = 0;
    let shownItems = 0;
    for (const table of tables) {
      const count = filterTable(table, words, verdicts, kinds);
      if (count >= 0) {
        shownTables += 1;
        shownItems += count;
      }
      // What was looked for is shown at once; afterwards each table is as it was left.
      if (isFiltered) table.node.open = count > 0 || table.wasOpen;
      else if (wasFiltered) table.node.open = table.wasOpen;
    }
    wasFiltered = isFiltered;
    byId("nothing").hidden = shownTables > 0 || !tables.length;
    byId("status").textContent = `显示 ${shownTables}/${tables.length} 张，${shownItems} 条`;
    tellPrint(words, verdicts.size + kinds.size);
    mark(words);
  }

  // A printed selection must say that it is one.
  function tellPrint(words, pressedCount) {
    const names = [...pressed("outcome"), ...pressed("kind")].map((chip) => chip.firstChild.textContent.trim());
    if (query.value.trim()) names.push(`查找“${query.value.trim()}”`);
    const note = byId("filtered");
    note.hidden = !(words.length || pressedCount);
    note.textContent = `以下只是筛选出的内容：${names.join("、")}`;
  }

  function mark(words) {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("found");
    if (!words.length) return;
    const ranges = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && ranges.length < 2000) {
      const text = walker.currentNode.data.toLowerCase();
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, Math.min(at + word.length, walker.currentNode.length));
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function reset() {
    query.value = "";
    for (const chip of chips) chip.setAttribute("aria-pressed", "false");
    apply();
    query.focus();
  }

  const setAll = (isOpen) => { for (const table of tables) table.node.open = isOpen; };

  function openTarget() {
    const target = /^#t\d+$/.test(location.hash) && byId(location.hash.slice(1));
    if (!target) return;
    target.open = true;
    target.querySelector("summary").focus({ preventScroll: true });
    target.scrollIntoView();
  }

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  }
  query.addEventListener("input", apply);
  byId("reset").addEventListener("click", reset);
  byId("reset-2").addEventListener("click", reset);
  byId("open-all").addEventListener("click", () => setAll(true));
  byId("close-all").addEventListener("click", () => setAll(false));
  byId("print").addEventListener("click", () => window.print());
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== query && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      query.focus();
      query.select();
    } else if (event.key === "Escape" && document.activeElement === query) {
      reset();
    }
  });
  for (const link of all('a[href^="#t"]')) {
    link.addEventListener("click", () => setTimeout(openTarget));
  }
  window.addEventListener("hashchange", openTarget);

  let openBefore = null;
  window.addEventListener("beforeprint", () => {
    openBefore = tables.map((table) => table.node.open);
    setAll(true);
  });
  window.addEventListener("afterprint", () => {
    if (openBefore) tables.forEach((table, index) => { table.node.open = openBefore[index]; });
    openBefore = null;
  });

  byId("tools").hidden = false;
  apply();
  openTarget();
})();
