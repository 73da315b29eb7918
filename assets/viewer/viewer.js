// The viewer of a map in one HTML file: pan, zoom, select, read the words, search, filter, steps.
// No framework, no request. The map is drawn by the program; this script only shows it.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const get = (id) => document.getElementById(id);
const [stage, panel, list, live] = ["stage", "words", "list", "live"].map(get);
const pictures = [...document.querySelectorAll("#stage > svg")];
const NEIGHBOURS = 1, STEP = 60, MOST = 40, LEAST = 0.2;

/** The view that is shown: its picture, and where it is on the stage. */
let at = 0;
let place = { x: 0, y: 0, zoom: 1 };
/** What is selected: {actor} or {line}; null for nothing. */
let chosen = null;
let expanded = null;
const hidden = { stance: new Set(), status: new Set() };

const view = () => data.views[at];
const picture = () => pictures[at];

/** Makes an element with attributes and children. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Replaces what is in an element. */
function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null));
}

function say(words) {
  live.textContent = words;
}

// ---- where the picture is ----

function size() {
  const box = picture().viewBox.baseVal;
  return [box.width, box.height];
}

function move(isQuick = false) {
  const svg = picture();
  svg.style.transform = `translate(${place.x}px, ${place.y}px) scale(${place.zoom})`;
  svg.style.willChange = isQuick ? "transform" : "auto";
  if (isQuick) {
    clearTimeout(move.timer);
    // Drawn sharply again when the motion stops.
    move.timer = setTimeout(() => move(), 200);
  }
}

function fit() {
  const [width, height] = size();
  const { clientWidth, clientHeight } = stage;
  const zoom = Math.min(clientWidth / width, clientHeight / height);
  place = {
    zoom,
    x: (clientWidth - width * zoom) / 2,
    y: (clientHeight - height * zoom) / 2,
  };
  move();
}

/** Zooms around a point of the stage. */
function zoomAt(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
  const [width] = size();
  const whole = stage.clientWidth / width;
  const zoom = Math.min(Math.max(place.zoom * factor, whole * LEAST), whole * MOST);
  const real = zoom / place.zoom;
  place = { zoom, x: x - (x - place.x) * real, y: y - (y - place.y) * real };
  move(true);
}

function pan(x, y) {
  place.x += x;
  place.y += y;
  move(true);
}

const pointers = new Map();
let dragged = 0;

stage.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  pointers.set(event.pointerId, event);
  if (pointers.size === 1) dragged = 0;
});
stage.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const box = stage.getBoundingClientRect();
  const others = [...pointers.values()].filter((other) => other.pointerId !== event.pointerId);
  dragged += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
  if (dragged > 4 && !stage.hasPointerCapture(event.pointerId)) {
    stage.setPointerCapture(event.pointerId);
  }
  if (others.length) {
    const [other] = others;
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    zoomAt(apart(event) / Math.max(apart(before), 1), other.clientX - box.left, other.clientY - box.top);
  } else if (dragged > 4) {
    pan(event.clientX - before.clientX, event.clientY - before.clientY);
  }
  pointers.set(event.pointerId, event);
});
for (const kind of ["pointerup", "pointercancel"]) {
  stage.addEventListener(kind, (event) => pointers.delete(event.pointerId));
}
stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = stage.getBoundingClientRect();
  const lines = event.deltaMode === 1 ? 16 : 1;
  zoomAt(Math.exp(-event.deltaY * lines / 400), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });

// ---- what is under the pointer ----

/** What a group of the picture stands for. */
function target(element) {
  const group = element.closest?.("[data-a], [data-l]");
  if (!group) return null;
  if (group.dataset.a !== undefined) return { actor: Number(group.dataset.a) };
  return { line: Number(group.dataset.l) };
}

stage.addEventListener("click", (event) => {
  if (dragged > 4) return;
  const found = target(event.target);
  const isAgain = found && chosen && found.line !== undefined && found.line === chosen.line;
  if (isAgain) return expand(chosen.line);
  choose(found);
});

// ---- words ----

/** Right-to-left letters, and characters that set the direction. */
const REORDERS = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The name of an actor within a sentence, whose order a right-to-left name must not change. */
function actorName(actor) {
  const { name } = data.actors[actor];
  return REORDERS.test(name) ? `\u2068${name}\u2069` : name;
}

function linesOf(actor) {
  return view().lines.map((line, number) => [line, number])
    .filter(([line]) => line.ends.includes(actor) && isShown(line));
}

function isShown(line) {
  return line.ties.some((tie) => passes(data.ties[tie]));
}

function passes(tie) {
  return !hidden.stance.has(tie.stance) && !hidden.status.has(tie.status);
}

function lineWords(line) {
  return `${actorName(line.ends[0])} ${line.arrow} ${actorName(line.ends[1])}`;
}

/** One excerpt: the words, then who says so, and where. */
function quote(excerpt) {
  const source = data.sources[excerpt.source];
  const where = [excerpt.place, source && source.words].filter(Boolean).join(" · ");
  const text = source && source.text
    ? make("button", { type: "button", class: "link", onclick: () => read(excerpt) }, "Read it in the text")
    : null;
  return make("li", {},
    make("blockquote", { dir: "auto" }, excerpt.words),
    make("p", { class: "said", dir: "auto" }, `Said by: ${excerpt.speaker || "the author"}`),
    make("p", { class: "where", dir: "auto" }, where, source && source.url
      ? make("a", { href: source.url, rel: "noreferrer noopener", target: "_blank" }, " Link") : null),
    excerpt.note ? make("p", { class: "note", dir: "auto" }, excerpt.note) : null,
    text);
}

function quotes(excerpts) {
  if (!excerpts.length) return make("p", { class: "none" }, "No excerpt.");
  return make("ul", { class: "quotes" }, ...excerpts.map(quote));
}

function tieSection(number) {
  const tie = data.ties[number];
  return make("section", { class: `tie ${tie.stance}` },
    make("h3", { dir: "ltr" }, `${actorName(tie.from)} ${tie.arrow} ${actorName(tie.to)}`),
    make("p", { class: "facts" }, tie.facts),
    quotes(tie.excerpts),
    tie.note ? make("p", { class: "note", dir: "auto" }, tie.note) : null);
}

function lineButton([line, number]) {
  return make("li", {}, make("button", {
    type: "button", class: "link", dir: "ltr", onclick: () => choose({ line: number }, true),
  }, `${lineWords(line)}: ${line.words}`));
}

function showNothing() {
  const { title, text, about, focus } = view();
  fill(panel,
    make("h2", { dir: "auto" }, title),
    text ? make("p", { dir: "auto" }, text) : null,
    make("p", { class: "facts", dir: "auto" }, about),
    make("p", {}, data.actors.length ? "Choose an actor or a line to read who says so." : "The map has no actors yet."),
    focus.length ? make("h3", {}, "What stands out") : null,
    focus.length ? make("ul", { class: "lines" },
      ...focus.map((number) => lineButton([view().lines[number], number]))) : null);
}

/** Leads back to the whole map. */
function backButton() {
  return make("button", { type: "button", onclick: () => { choose(null); stage.focus(); } }, "Back to the map");
}

function showActor(number) {
  const actor = data.actors[number];
  const lines = linesOf(number);
  fill(panel,
    make("h2", { dir: "auto" }, actor.name),
    make("p", { class: "facts" }, actor.kind),
    backButton(),
    actor.note ? make("p", { class: "note", dir: "auto" }, actor.note) : null,
    actor.excerpts.length ? make("h3", {}, "About the actor") : null,
    actor.excerpts.length ? quotes(actor.excerpts) : null,
    make("h3", {}, `Lines (${lines.length})`),
    make("ul", { class: "lines" }, ...lines.map(lineButton)));
  say(`${actor.name}, ${actor.kind}, ${lines.length} lines`);
}

function showLine(number) {
  const line = view().lines[number];
  const ties = line.ties.filter((tie) => passes(data.ties[tie]));
  const isOpen = expanded === number;
  const hiddenCount = line.ties.length - ties.length;
  fill(panel,
    make("h2", { dir: "ltr" }, lineWords(line)),
    make("p", { class: "facts" }, line.words),
    line.ties.length > 1 ? make("button", {
      type: "button", "aria-pressed": String(isOpen), onclick: () => expand(number),
    }, isOpen ? "Show as one line" : "Show its ties one by one") : null,
    backButton(),
    hiddenCount ? make("p", { class: "none" }, `${hiddenCount} not shown by the filter.`) : null,
    ...ties.map(tieSection));
  say(`${lineWords(line)}: ${line.words}`);
}

/** The text of a source, scrolled to an excerpt. */
function read(excerpt) {
  const source = data.sources[excerpt.source];
  const from = source.text.indexOf(excerpt.words);
  const mark = make("mark", { id: "mark" }, excerpt.words);
  const body = from < 0
    ? [source.text]
    : [source.text.slice(0, from), mark, source.text.slice(from + excerpt.words.length)];
  const before = { ...chosen };
  fill(panel,
    make("h2", { dir: "auto" }, source.words),
    make("button", { type: "button", onclick: () => choose(before) }, "Back"),
    make("div", { class: "text", dir: "auto" }, ...body));
  if (from >= 0) mark.scrollIntoView({ block: "center" });
}

// ---- selecting ----

function choose(what, moves = false) {
  closeBoxes();
  if (expanded !== null && (!what || what.line !== expanded)) collapse();
  chosen = what && (what.actor !== undefined || what.line !== undefined) ? what : null;
  show();
  panel.scrollTop = 0;
  if (moves && chosen) reveal();
}

/** Shows the words of the selection, and what stands out on the map. */
function show() {
  if (!chosen) showNothing();
  else if (chosen.actor !== undefined) showActor(chosen.actor);
  else showLine(chosen.line);
  paint();
  document.body.classList.toggle("reads", Boolean(chosen));
}

/** The groups of a view, found once. */
function groups() {
  const svg = picture();
  if (!svg.groups) {
    svg.groups = [...svg.querySelectorAll("[data-a], [data-l]")];
  }
  return svg.groups;
}

/** Fades what does not belong to the selection, and hides what the filter leaves out. */
function paint() {
  const { lines } = view();
  let actors = null, bright = null;
  if (chosen && chosen.actor !== undefined) {
    bright = new Set(linesOf(chosen.actor).map(([, number]) => number));
    actors = new Set([chosen.actor, ...[...bright].flatMap((number) => lines[number].ends)]);
  } else if (chosen) {
    bright = new Set([chosen.line]);
    actors = new Set(lines[chosen.line].ends);
  }
  for (const group of groups()) {
    const { a, l } = group.dataset;
    const isOff = l !== undefined && (!isShown(lines[l]) || expanded === Number(l));
    const isFaded = actors && !(l !== undefined ? bright.has(Number(l)) : actors.has(Number(a)));
    group.classList.toggle("off", Boolean(isOff));
    group.classList.toggle("faded", Boolean(isFaded));
    group.classList.toggle("chosen", Boolean(chosen)
      && (l !== undefined ? chosen.line === Number(l) : chosen.actor === Number(a)));
  }
}

/** Brings the selection into view. */
function reveal() {
  const key = chosen.actor !== undefined ? `[data-a="${chosen.actor}"]` : `[data-l="${chosen.line}"]`;
  const group = picture().querySelector(key);
  if (!group) return;
  const [box, frame] = [group.getBoundingClientRect(), stage.getBoundingClientRect()];
  const [x, y] = [(box.left + box.right) / 2 - frame.left, (box.top + box.bottom) / 2 - frame.top];
  if (x < 0 || y < 0 || x > frame.width || y > frame.height) {
    pan(frame.width / 2 - x, frame.height / 2 - y);
  }
}

// ---- expanding a line into its ties ----

function collapse() {
  picture().querySelector("#expanded")?.remove();
  expanded = null;
}

/** Draws the ties of a line side by side, or the line again. */
function expand(number) {
  const line = view().lines[number];
  const isOpen = expanded === number;
  collapse();
  if (!isOpen && line.ties.length > 1 && line.from) {
    expanded = number;
    const space = "http://www.w3.org/2000/svg";
    const group = document.createElementNS(space, "g");
    group.id = "expanded";
    const ties = line.ties.filter((tie) => passes(data.ties[tie]));
    const [[x1, y1], [x2, y2]] = [line.from, line.to];
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [sideX, sideY] = [-(y2 - y1) / length, (x2 - x1) / length];
    ties.forEach((tie, order) => {
      const said = data.ties[tie];
      const away = (order - (ties.length - 1) / 2) * Math.min(34, 260 / ties.length);
      const isBack = said.from !== line.ends[0] && line.ends[0] !== line.ends[1]
        && said.to === line.ends[0];
      const ends = isBack ? [x2, y2, x1, y1] : [x1, y1, x2, y2];
      const path = document.createElementNS(space, "path");
      const [midX, midY] = [(x1 + x2) / 2 + sideX * away * 2, (y1 + y2) / 2 + sideY * away * 2];
      path.setAttribute("d", `M${ends[0]} ${ends[1]}Q${midX} ${midY} ${ends[2]} ${ends[3]}`);
      path.setAttribute("class", `one ${said.stance} ${said.status}`);
      if (said.directed) path.setAttribute("marker-end", `url(#head-${said.stance})`);
      const title = document.createElementNS(space, "title");
      title.textContent = said.facts;
      path.append(title);
      path.addEventListener("click", (event) => {
        event.stopPropagation();
        fill(panel, tieSection(tie),
          make("button", { type: "button", onclick: () => showLine(number) }, "All ties of the line"));
      });
      group.append(path);
    });
    picture().append(group);
    say(`${ties.length} ties, one by one`);
  }
  paint();
  if (chosen && chosen.line === number) showLine(number);
}

// ---- search ----

/** Closes what lies above the map: the results of the search, and the filter. */
function closeBoxes() {
  list.hidden = true;
  get("filter").open = false;
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function search(words) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  list.replaceChildren();
  list.hidden = !wanted.length;
  if (!wanted.length) return;
  const has = (text) => { const whole = plain(text); return wanted.every((word) => whole.includes(word)); };
  const row = (text, what) => make("li", {}, make("button", {
    type: "button", class: "link", dir: "auto", onclick: () => choose(what, true),
  }, text));
  const rows = [];
  data.actors.forEach((actor, number) => {
    if (view().actors.includes(number) && has(`${actor.name} ${actor.names}`)) {
      rows.push(row(actor.name, { actor: number }));
    }
  });
  view().lines.forEach((line, number) => {
    if (!isShown(line)) return;
    const ties = line.ties.map((tie) => data.ties[tie]);
    const text = ties.flatMap((tie) => [tie.facts, ...tie.excerpts.map((one) => one.words)]).join(" ");
    if (has(`${lineWords(line)} ${text}`)) rows.push(row(lineWords(line), { line: number }));
  });
  const shown = rows.slice(0, 50);
  if (rows.length > shown.length) shown.push(make("li", {}, `and ${rows.length - shown.length} more`));
  const nothing = filterWords() ? `Nothing found. ${filterWords()}` : "Nothing found.";
  list.append(...(rows.length ? shown : [make("li", {}, nothing)]));
  say(rows.length === 1 ? "1 result" : `${rows.length} results`);
}

get("search").addEventListener("input", (event) => search(event.target.value));
get("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") list.querySelector("button")?.click();
  if (event.key === "Escape") {
    event.target.value = "";
    search("");
    stage.focus();
  }
});

// ---- filter ----

/** What the filter leaves out, in words; empty for nothing. */
function filterWords() {
  const { lines } = view();
  const shown = lines.filter(isShown).length;
  if (shown === lines.length) return "";
  const off = [...hidden.stance, ...hidden.status].join(", ");
  return `Filtered: without ${off}; ${shown} of ${lines.length} lines shown.`;
}

/** Says beside the map, on paper too, what the filter leaves out. */
function tellFilter() {
  const words = filterWords();
  get("filtered").textContent = words;
  get("filtered").hidden = !words;
  get("count").textContent = words || "All lines are shown.";
  document.querySelector("#filter summary").textContent = words ? "Filter (on)" : "Filter";
}

for (const box of document.querySelectorAll("#filter input")) {
  box.addEventListener("change", () => {
    const set = hidden[box.name];
    if (box.checked) set.delete(box.value); else set.add(box.value);
    if (chosen && chosen.line !== undefined && !isShown(view().lines[chosen.line])) chosen = null;
    show();
    tellFilter();
    say(get("count").textContent);
  });
}

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".find, #filter")) closeBoxes();
});

// ---- steps ----

function turnTo(number) {
  const to = Math.min(Math.max(number, 0), data.views.length - 1);
  collapse();
  pictures.forEach((svg, index) => { svg.toggleAttribute("hidden", index !== to); });
  at = to;
  chosen = null;
  fit();
  choose(null);
  for (const [id, isOff] of [["before", to === 0], ["after", to === data.views.length - 1]]) {
    if (get(id)) get(id).disabled = isOff;
  }
  tellFilter();
  if (get("step")) get("step").textContent = to ? `Step ${to} of ${data.views.length - 1}` : "The map";
  say(view().title);
}

get("before")?.addEventListener("click", () => turnTo(at - 1));
get("after")?.addEventListener("click", () => turnTo(at + 1));

// ---- buttons and keys ----

get("in").addEventListener("click", () => zoomAt(1.3));
get("out").addEventListener("click", () => zoomAt(1 / 1.3));
get("fit").addEventListener("click", fit);
get("print").addEventListener("click", () => window.print());
get("theme").addEventListener("click", () => {
  document.documentElement.classList.toggle("dark");
});

/** The elements of the picture in reading order, for the keyboard. */
function next(step) {
  const all = view().actors;
  if (!all.length) return;
  const now = chosen && chosen.actor !== undefined ? all.indexOf(chosen.actor) : -1;
  const to = now < 0 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length;
  choose({ actor: all[to] }, true);
}

/** The lines of the selected actor, one after the other. */
function nextLine(step) {
  const actor = chosen && (chosen.actor ?? nextLine.actor);
  if (actor === null || actor === undefined) return;
  const lines = linesOf(actor).map(([, number]) => number);
  if (!lines.length) return;
  const now = chosen.line === undefined ? -1 : lines.indexOf(chosen.line);
  const to = now < 0 && step < 0 ? lines.length - 1 : (now + step + lines.length) % lines.length;
  nextLine.actor = actor;
  choose({ line: lines[to] }, true);
}

const KEYS = {
  ArrowLeft: () => pan(STEP, 0),
  ArrowRight: () => pan(-STEP, 0),
  ArrowUp: () => pan(0, STEP),
  ArrowDown: () => pan(0, -STEP),
  "+": () => zoomAt(1.3),
  "=": () => zoomAt(1.3),
  "-": () => zoomAt(1 / 1.3),
  0: fit,
  f: fit,
  n: () => next(NEIGHBOURS),
  p: () => next(-NEIGHBOURS),
  "]": () => nextLine(1),
  "[": () => nextLine(-1),
  Enter: () => {
    if (chosen && chosen.line !== undefined) expand(chosen.line);
  },
  Escape: () => { closeBoxes(); choose(null); },
  "/": () => get("search").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches?.("input[type=search]");
  if (!isTyping && event.key === "PageDown") { event.preventDefault(); return turnTo(at + 1); }
  if (!isTyping && event.key === "PageUp") { event.preventDefault(); return turnTo(at - 1); }
  const isOnMap = event.target === stage || event.target === document.body;
  const action = KEYS[event.key];
  if (!action || isTyping || (!isOnMap && event.key !== "Escape" && event.key !== "/")) return;
  event.preventDefault();
  action();
});

// ---- start ----

function takeTheme(isDark) {
  document.documentElement.classList.toggle("dark", isDark);
}
const dark = window.matchMedia("(prefers-color-scheme: dark)");
takeTheme(dark.matches || data.isDark);
dark.addEventListener("change", () => takeTheme(dark.matches));
let printed = false;
window.addEventListener("beforeprint", () => {
  printed = document.documentElement.classList.contains("dark");
  takeTheme(false);
});
window.addEventListener("afterprint", () => takeTheme(printed));
document.body.classList.add("ready");
// Only the picture, for other pages that show it in a frame.
document.body.classList.toggle("bare", location.hash === "#picture");
window.addEventListener("resize", fit);
turnTo(0);
