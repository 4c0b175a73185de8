"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const svg = document.querySelector("svg.npc");
  const canvas = document.getElementById("canvas");
  const aside = document.querySelector("aside");
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole];

  const show = () => svg.setAttribute("viewBox", view.join(" "));

  // Long pictures begin at their head, as wide as there is room; others are shown whole.
  const fit = () => {
    view = [...whole];
    const high = whole[2] * canvas.clientHeight / Math.max(1, canvas.clientWidth);
    if (whole[3] > 1.6 * high) view[3] = high;
    show();
  };

  const scale = () => Math.max(view[2] / canvas.clientWidth, view[3] / canvas.clientHeight);

  const zoom = (factor, x, y) => {
    const size = Math.min(whole[2] * 2, Math.max(whole[2] / 60, view[2] * factor)) / view[2];
    view = [x - (x - view[0]) * size, y - (y - view[1]) * size, view[2] * size, view[3] * size];
    show();
  };

  const point = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [at.x, at.y];
  };

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || whole[3] < 2 * whole[2]) {
      zoom(Math.exp(event.deltaY / 400), ...point(event));
    } else {
      view[1] = Math.min(whole[3] - 80, Math.max(-80, view[1] + event.deltaY * scale()));
      show();
    }
  }, { passive: false });

  let from = null;
  let moved = false;
  canvas.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; moved = false; });
  window.addEventListener("pointerup", () => { from = null; canvas.classList.remove("moving"); });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    canvas.classList.add("moving");
    view[0] -= dx * scale();
    view[1] -= dy * scale();
    from = [event.clientX, event.clientY];
    show();
  });

  const choose = (element) => {
    all(".chosen").forEach((one) => one.classList.remove("chosen"));
    all(".dim").forEach((one) => one.classList.remove("dim"));
    aside.classList.toggle("chosen", Boolean(element));
    if (!element) return;
    search.value = "";
    look();
    const id = element.getAttribute("data-detail");
    const section = document.getElementById(id);
    if (section) section.classList.add("chosen");
    aside.scrollTop = 0;
    element.classList.add("chosen");
    const person = element.getAttribute("data-person");
    const ties = all(".tie[data-a]", svg);
    if (!ties.length) return;
    const near = new Set(person ? [person] : [element.getAttribute("data-a"), element.getAttribute("data-b")]);
    for (const tie of ties) {
      const ends = [tie.getAttribute("data-a"), tie.getAttribute("data-b")];
      const mine = person ? ends.includes(person) : tie.getAttribute("data-detail") === id;
      tie.classList.toggle("dim", !mine);
      if (mine) ends.forEach((end) => near.add(end));
    }
    all(".person[data-person]", svg).forEach((one) => one.classList.toggle("dim", !near.has(one.getAttribute("data-person"))));
  };

  const look = () => {
    const wanted = search.value.trim().toLowerCase();
    all(".match").forEach((one) => one.classList.remove("match"));
    all("svg .person, svg .row", document).forEach((one) => one.classList.toggle("dim", false));
    aside.classList.toggle("searching", Boolean(wanted));
    found.textContent = "";
    if (!wanted) return;
    let number = 0;
    for (const section of all("section", aside)) {
      const named = all("h2, p", section).some((one) => one.textContent.toLowerCase().includes(wanted));
      let hits = named ? 1 : 0;
      for (const line of all("li", section)) {
        const hit = line.textContent.toLowerCase().includes(wanted);
        line.classList.toggle("miss", !hit && !named);
        if (hit) hits += 1;
      }
      if (hits) section.classList.add("match");
    }
    for (const one of all(".person, .row", svg)) {
      const section = document.getElementById(one.getAttribute("data-detail"));
      const inside = one.textContent.toLowerCase().includes(wanted);
      const told = one.classList.contains("person") && section && section.classList.contains("match");
      one.classList.toggle("match", inside || Boolean(told));
      one.classList.toggle("dim", !inside && !told);
      if (inside || told) number += 1;
    }
    found.textContent = found.getAttribute("data-words").replace("#", String(number));
    const first = svg.querySelector(".match");
    if (first && whole[3] > 1.6 * view[3]) {
      view[1] = Math.max(0, first.getBBox().y - view[3] / 3);
      show();
    }
  };

  canvas.addEventListener("click", (event) => {
    if (moved) return;
    const key = event.target.closest("[data-toggle]");
    if (key) {
      const off = key.classList.toggle("off");
      const kind = key.getAttribute("data-toggle");
      all(".tie", svg).filter((one) => one.getAttribute("data-kind") === kind).forEach((one) => one.classList.toggle("off", off));
      return;
    }
    choose(event.target.closest("[data-detail]"));
  });
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose(event.target.closest("[data-detail]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; look(); choose(null); }
    if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
  });
  search.addEventListener("input", () => { const typed = search.value; choose(null); search.value = typed; look(); });
  document.getElementById("whole").addEventListener("click", () => {
    view = [...whole];
    show();
  });
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  window.addEventListener("resize", fit);
  fit();
})();
