// An episode's page: plays the sound, follows its words, searches them. Without this script the
// page has the browser's own player and the text.
"use strict";

(() => {
  const { make, icon, clock, keepInSight } = Elements;
  const SPEEDS = [1, 1.25, 1.5, 1.75, 2];
  const JUMP_S = 10;
  const LINGER_MS = 300; // a word stays lit so long after its end
  const RESTART_MS = 3000; // into a chapter, "previous" goes to its start
  const SCHEMES = { "": "System", light: "Light", dark: "Dark" };
  const find = (id) => document.getElementById(id);
  const audio = find("audio");
  const doc = JSON.parse(find("document").textContent);
  const sentences = [...document.querySelectorAll("#text .sentence")];
  const words = []; // {span, sentence, start, end}, in order; milliseconds
  const places = new Map(); // span → index of its word
  const marks = [...document.querySelectorAll(".chapter")];
  let lit = -1;
  let chapter = -1;

  sentences.forEach((sentence, n) => {
    const spans = sentence.textContent.split(" ").map((text) => make("span", { class: "word" }, text));
    sentence.replaceChildren(...spans.flatMap((span, place) => (place ? [" ", span] : [span])));
    spans.forEach((span, place) => {
      places.set(span, words.length);
      words.push({ span, sentence, start: doc.words[n][2 * place], end: doc.words[n][2 * place + 1] });
    });
  });

  // The last of `rows` that has begun at a time, by their `startOf`; -1 before the first.
  function lastBegun(rows, at, startOf) {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startOf(rows[middle]) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  const now = () => audio.currentTime * 1000;

  function seek(ms) {
    audio.currentTime = Math.min(Math.max(ms, 0), doc.duration) / 1000;
    show();
  }

  function play() {
    audio.play().catch(() => {}); // why not is told where the sound is looked for
  }

  function toggle() {
    if (audio.paused) play();
    else audio.pause();
  }

  function toChapter(by) {
    const at = now();
    const here = lastBegun(doc.chapters, at, ([start]) => start);
    const again = by < 0 && at - doc.chapters[here][0] > RESTART_MS;
    const to = doc.chapters[Math.max(here + (again ? 0 : by), 0)];
    if (to) seek(to[0]);
  }

  // Everything that shows where the sound is.
  function show() {
    const at = now() + 1; // times of a player are rounded down
    const n = lastBegun(words, at, (word) => word.start);
    light(n >= 0 && at < words[n].end + LINGER_MS ? n : -1);
    const place = `${clock(at / 1000)} of ${clock(doc.duration / 1000)}`;
    find("clock").textContent = place.replace("of", "/");
    find("seek").value = at / 1000;
    const here = lastBegun(doc.chapters, at, ([start]) => start);
    const title = doc.chapters.length > 1 ? doc.chapters[here][1] : "";
    find("seek").setAttribute("aria-valuetext", title ? `${place}, ${title}` : place);
    if (here === chapter) return;
    chapter = here;
    find("saying").textContent = title;
    marks.forEach((mark, index) => {
      if (index === here) mark.setAttribute("aria-current", "true");
      else mark.removeAttribute("aria-current");
    });
  }

  function light(n) {
    if (n === lit) return;
    const before = words[lit];
    const word = words[n];
    lit = n;
    if (before) before.span.classList.remove("on");
    if (before && (!word || word.sentence !== before.sentence)) before.sentence.classList.remove("current");
    if (!word) return;
    word.span.classList.add("on");
    word.sentence.classList.add("current");
    if (!audio.paused) keepInSight(word.span, find("player").offsetHeight);
  }

  function tick() {
    show();
    if (!audio.paused) requestAnimationFrame(tick);
  }

  function showState() {
    const name = audio.paused ? "play" : "pause";
    find("play").replaceChildren(icon(name));
    find("play").setAttribute("aria-label", audio.paused ? "Play" : "Pause");
  }

  function sayMissing() {
    if (audio.networkState !== HTMLMediaElement.NETWORK_NO_SOURCE || document.querySelector(".problem")) return;
    document.querySelector("main").prepend(make("div", { class: "problem", role: "alert" },
      make("p", {}, "The sound was not found. It belongs beside this page, as ", make("code", {}, doc.sound), ".")));
  }

  // Letters without case or accents, and straight quotes: what a reader types.
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  }

  function addSearch() {
    const starts = [];
    let whole = "";
    words.forEach(({ span }) => { starts.push(whole.length); whole += `${plain(span.textContent)} `; });
    const input = make("input", { type: "search", id: "query", "aria-label": "Search the transcript", placeholder: "Search", autocomplete: "off" });
    const count = make("output", { for: "query", id: "count" });
    const step = (name, label, by) => {
      const button = make("button", { type: "button", "aria-label": label }, name);
      button.addEventListener("click", () => go(by));
      return button;
    };
    let matches = []; // [first word, last word]
    let at = -1;

    function mark(name, [first, last], on) {
      for (let n = first; n <= last; n += 1) words[n].span.classList.toggle(name, on);
    }

    function look() {
      if (matches[at]) mark("here", matches[at], false);
      matches.forEach((match) => mark("found", match, false));
      matches = [];
      at = -1;
      const query = plain(input.value).trim().replace(/\s+/g, " ");
      const place = (index) => lastBegun(starts, index, (start) => start);
      for (let from = whole.indexOf(query); query && from >= 0; from = whole.indexOf(query, from + query.length)) {
        matches.push([place(from), place(from + query.length - 1)]);
      }
      matches.forEach((match) => mark("found", match, true));
      count.textContent = query ? `${matches.length || "none"} found` : "";
    }

    function go(by) {
      if (!matches.length) return;
      if (matches[at]) mark("here", matches[at], false);
      at = (at < 0 && by < 0 ? -1 : at + by) + matches.length;
      at %= matches.length;
      mark("here", matches[at], true);
      words[matches[at][0]].span.scrollIntoView({ block: "center" });
      count.textContent = `${at + 1} of ${matches.length}`;
    }

    input.addEventListener("input", look);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
      else if (event.key === "Escape") { input.value = ""; look(); }
      else return;
      event.preventDefault();
    });
    find("text").before(make("div", { class: "search", role: "search" }, input, count,
      step("↑", "Previous match", -1), step("↓", "Next match", 1)));
  }

  // Light, dark, or what the system has: the style's rules for dark systems are made to hold
  // always, or never.
  function addSchemes() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule.media && rule.media.mediaText.includes("prefers-color-scheme"));
    const texts = { "": "(prefers-color-scheme: dark)", light: "not all", dark: "all" };
    const use = (scheme) => {
      rules.forEach((rule) => { rule.media.mediaText = texts[scheme]; });
      document.documentElement.style.colorScheme = scheme || "light dark";
    };
    let kept = "";
    try { kept = localStorage.getItem("scheme") || ""; } catch { /* a browser may keep nothing */ }
    if (!(kept in SCHEMES)) kept = "";
    use(kept);
    const choose = make("select", { id: "scheme" }, Object.entries(SCHEMES).map(([value, label]) => make("option", { value }, label)));
    choose.value = kept;
    choose.addEventListener("change", () => {
      use(choose.value);
      try { localStorage.setItem("scheme", choose.value); } catch { /* as above */ }
    });
    return make("p", {}, make("label", { for: "scheme" }, "Colours "), choose);
  }

  function keys(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typed = event.target.closest("input[type=search], input[type=radio], select"); // its own arrows
    const pressed = event.target.closest("button, a, input, select"); // its own space presses it
    const step = (by) => (event.shiftKey ? toChapter(by) : seek(now() + by * JUMP_S * 1000));
    const act = {
      " ": pressed ? null : toggle,
      ArrowRight: typed ? null : () => step(1), ArrowLeft: typed ? null : () => step(-1),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // A link to a sentence plays it; a word that is clicked plays on from there.
  function clicked(event) {
    const link = event.target.closest("a.time, a.chapter");
    const span = event.target.closest(".word");
    if (link) {
      event.preventDefault();
      window.history.replaceState(null, "", link.getAttribute("href"));
      const index = marks.indexOf(link);
      seek(index < 0 ? startOf(link.hash) : doc.chapters[index][0]);
    } else if (span && !String(window.getSelection())) {
      seek(words[places.get(span)].start);
    } else return;
    play();
  }

  function startOf(hash) {
    const index = sentences.findIndex((sentence) => `#${sentence.id}` === hash);
    return index < 0 ? null : doc.words[index][0];
  }

  function addSession() {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: doc.title, artist: doc.artist, album: doc.show,
      artwork: [{ src: find("cover").src, type: "image/jpeg" }],
    });
    Object.entries({
      previoustrack: () => toChapter(-1), nexttrack: () => toChapter(1),
      seekbackward: () => seek(now() - JUMP_S * 1000), seekforward: () => seek(now() + JUMP_S * 1000),
    }).forEach(([name, act]) => navigator.mediaSession.setActionHandler(name, act));
  }

  function start() {
    audio.controls = false;
    find("player").hidden = false;
    for (const name of ["previous", "next"]) {
      find(name).append(icon(name));
      find(name).hidden = doc.chapters.length < 2;
      find(name).addEventListener("click", () => toChapter(name === "next" ? 1 : -1));
    }
    find("back").addEventListener("click", () => seek(now() - JUMP_S * 1000));
    find("on").addEventListener("click", () => seek(now() + JUMP_S * 1000));
    find("play").addEventListener("click", toggle);
    find("seek").max = doc.duration / 1000;
    find("seek").addEventListener("input", () => seek(find("seek").value * 1000));
    find("speed").append(...SPEEDS.map((speed) => make("option", { value: speed }, `${speed}×`)));
    find("speed").value = 1; // browsers remember
    find("speed").addEventListener("change", () => {
      audio.defaultPlaybackRate = find("speed").value;
      audio.playbackRate = find("speed").value;
    });
    document.querySelectorAll("#text a.time").forEach((link) => link.setAttribute("aria-label", `${link.textContent}, play from here`));
    addSearch();
    document.querySelector("main").after(make("footer", { class: "tools" },
      make("p", { class: "help" }, `Space plays and pauses · ← → ${JUMP_S} seconds · Shift ← → chapters · click a word to hear it`),
      addSchemes()));
    for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, showState);
    for (const name of ["timeupdate", "seeked", "loadedmetadata"]) audio.addEventListener(name, show);
    audio.addEventListener("play", tick);
    audio.querySelectorAll("source").forEach((source) => source.addEventListener("error", () => setTimeout(sayMissing)));
    window.addEventListener("load", sayMissing); // if they failed before
    document.addEventListener("keydown", keys);
    document.querySelector("main").addEventListener("click", clicked);
    const at = startOf(window.location.hash);
    if (at !== null) seek(at);
    addSession();
    showState();
    show();
  }

  start();
})();
