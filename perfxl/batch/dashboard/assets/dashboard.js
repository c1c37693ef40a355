"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  const rows = new Map();
  for (const row of all(".heat tbody tr")) {
    const number = row.dataset.unit;
    rows.set(number, [...(rows.get(number) || []), row]);
  }
  const units = all("details.unit").map((node) => ({
    node,
    rows: rows.get(node.dataset.unit) || [],
    has: new Set(node.dataset.has.split(" ").filter(Boolean)),
    text: fold(node.textContent),
  }));
  const query = byId("query");
  const district = byId("district");
  const chips = all(".chip");
  const pressed = (group) =>
    chips.filter((chip) => chip.dataset[group] && chip.getAttribute("aria-pressed") === "true");

  function apply() {
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    const states = new Set(pressed("state").map((chip) => chip.dataset.state));
    const kinds = pressed("kind").map((chip) => chip.dataset.kind);
    const wanted = district ? district.value : "";
    let shown = 0;
    for (const unit of units) {
      const isShown =
        (!states.size || states.has(unit.node.dataset.state)) &&
        (!wanted || unit.node.dataset.district === wanted) &&
        kinds.every((kind) => unit.has.has(kind)) &&
        words.every((word) => unit.text.includes(word));
      unit.node.hidden = !isShown;
      for (const row of unit.rows) row.hidden = !isShown;
      shown += isShown;
    }
    byId("nothing").hidden = shown > 0 || !units.length;
    byId("status").textContent = `显示 ${shown}/${units.length} 家`;
    const names = [...pressed("state"), ...pressed("kind")].map((chip) => chip.firstChild.textContent.trim());
    if (wanted) names.push(wanted);
    if (query.value.trim()) names.push(`查找“${query.value.trim()}”`);
    // A printed selection must say that it is one.
    const note = byId("filtered");
    note.hidden = !names.length;
    note.textContent = `失分图和各单位只是筛选出的内容：${names.join("、")}`;
    rove();
  }

  function reset() {
    query.value = "";
    if (district) district.value = "";
    for (const chip of chips) chip.setAttribute("aria-pressed", "false");
    apply();
    query.focus();
  }

  function openTarget() {
    const target = /^#u\d+$/.test(location.hash) && byId(location.hash.slice(1));
    if (!target) return;
    if (target.hidden) reset();
    target.open = true;
    target.querySelector("summary").focus({ preventScroll: true });
    target.scrollIntoView();
  }

  // One cell of the map takes the focus at a time; arrows move it.
  let current = null;
  const FIRST = 2; // cells of a row before those of the map
  const shownRows = () => all(".heat tbody tr:not([hidden])");
  function rove() {
    if (current && !current.closest("tr").hidden) return;
    if (current) current.tabIndex = -1;
    const row = document.querySelector(".heat tbody tr:not([hidden])");
    current = (row && row.cells[FIRST]) || null;
    if (current) current.tabIndex = 0;
  }
  function moveTo(cell) {
    if (!cell) return;
    current.tabIndex = -1;
    current = cell;
    current.tabIndex = 0;
    current.focus();
    byId("heat-told").textContent = cell.title;
  }
  // Cells hold figures only: the sentences are made here, for there are very many.
  const columns = all(".heat thead tr:nth-child(2) th").map((head) => head.textContent);
  function sentence(cell, name, unit) {
    const told = cell.dataset.t;
    const figures = /^(-?[\d.E+-]+)\/([\d.E+-]+)$/.exec(told);
    if (!figures) return `${unit}｜${name}：${told}`;
    const tail = cell.classList.contains("over") ? "，超过分值" :
      cell.classList.contains("full") ? "" : `，失${cell.textContent}分`;
    return `${unit}｜${name}：得${figures[1]}分，分值${figures[2]}分${tail}`;
  }
  for (const row of all(".heat tbody tr")) {
    const unit = row.cells[0].textContent;
    columns.forEach((name, index) => {
      const cell = row.cells[index + FIRST];
      cell.title = sentence(cell, name, unit);
    });
  }
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const heat = document.querySelector(".heat");
  if (heat) {
    heat.addEventListener("keydown", (event) => {
      if (!event.target.matches("td.cell")) return;
      const at = event.target.closest("tr");
      const step = STEPS[event.key];
      if (step) {
        event.preventDefault();
        const lines = shownRows();
        const line = lines[lines.indexOf(at) + step[0]];
        const column = event.target.cellIndex + step[1];
        moveTo(line && column >= FIRST ? line.cells[column] : null);
      } else if (event.key === "Home" || event.key === "End") {
        event.preventDefault();
        moveTo(event.key === "Home" ? at.cells[FIRST] : at.cells[at.cells.length - 1]);
      } else if (event.key === "Enter") {
        location.hash = `u${event.target.closest("tr").dataset.unit}`;
      }
    });
    heat.addEventListener("click", (event) => {
      const cell = event.target.closest("td.cell");
      if (cell) moveTo(cell);
    });
    byId("sort").addEventListener("click", () => {
      const button = byId("sort");
      const byLoss = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(byLoss));
      const order = (row) => Number(row.dataset.order);
      const lost = (row) => Number(row.dataset.lost);
      const body = heat.tBodies[0];
      body.append(...all("tr", body).sort((a, b) => (byLoss && lost(b) - lost(a)) || order(a) - order(b)));
    });
    byId("heat-tools").hidden = false;
  }

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  }
  for (const button of all("[data-search]")) {
    button.addEventListener("click", () => {
      query.value = button.dataset.search;
      apply();
      byId("units").scrollIntoView();
    });
  }
  for (const button of all("[data-pick]")) {
    button.addEventListener("click", () => {
      district.value = button.dataset.pick;
      apply();
      byId("units").scrollIntoView();
    });
  }
  query.addEventListener("input", apply);
  if (district) district.addEventListener("change", apply);
  byId("reset").addEventListener("click", reset);
  byId("reset-2").addEventListener("click", reset);
  byId("print").addEventListener("click", () => window.print());
  document.addEventListener("keydown", (event) => {
    const isTyping = document.activeElement === query || document.activeElement === district;
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      query.focus();
      query.select();
    } else if (event.key === "Escape" && document.activeElement === query) {
      reset();
    }
  });
  for (const link of all('a[href^="#u"]')) {
    link.addEventListener("click", () => setTimeout(openTarget));
  }
  window.addEventListener("hashchange", openTarget);

  byId("tools").hidden = false;
  apply();
  openTarget();
})();
