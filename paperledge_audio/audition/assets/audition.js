// Voices saying one line: play them, change between them at the same word, keep some, choose.
"use strict";

(() => {
  const { make, icon } = Elements;
  const THEN = { stop: "Once", repeat: "Repeat", next: "All in turn" };
  const LEAD_S = 0.15; // before the first word
  const BARS_PER_S = 20;
  const LOUDEST = 99;
  const find = (id) => document.getElementById(id);
  const doc = JSON.parse(find("document").textContent);
  const longest = Math.max(...doc.voices.map((voice) => voice.duration_s));
  const highest = Math.max(...doc.voices.flatMap((voice) => voice.peaks));
  const spans = doc.words.map((word) => make("span", { class: "word" }, word));
  const player = new Player(find("audio"), shown);
  const rows = new Map(); // track → its row, as the list stands
  const kept = new Set();
  const picked = new Set(); // kept while blind: what was kept before would tell who it is
  let list = []; // tracks as they are shown
  let blind = false;

  // One voice; its words light up in the one line that all share.
  const tracks = doc.voices.map((voice) => ({
    voice, clip: voice.clip, words: voice.words, spans, next: null, gap: 0.2,
    start_s: Math.max(0, (voice.words.find(([start, end]) => end > start) || [0])[0] - LEAD_S),
    end_s: Math.max(...voice.words.map(([, end]) => end)),
  }));

  const marked = () => (blind ? picked : kept);
  const called = (track) => (blind ? `Voice ${list.indexOf(track) + 1}` : track.voice.title);

  function say(text) { find("status").textContent = text; }

  // Which word sounds at a time, or was the last to sound; -1 before the first.
  function wordAt(track, seconds) {
    return track.words.findLastIndex(([start]) => start <= seconds + 0.001);
  }

  // Where another voice says what this one is saying; from the start when that is over.
  function placeIn(track) {
    const now = player.audio.currentTime;
    const from = player.track;
    if (player.audio.ended || now >= from.end_s) return track.start_s;
    const word = wordAt(from, now);
    return word < 1 ? track.start_s : track.words[word][0];
  }

  // Another voice takes over at the word; the one that speaks starts again.
  function play(track) {
    player.play(track, track === player.track ? track.start_s : placeIn(track));
    say(called(track));
  }

  function toggle(track) {
    if (track === player.track && player.playing) player.stop();
    else if (track === player.track && !player.audio.ended) player.play(track, player.audio.currentTime);
    else if (track) play(track);
  }

  function step(by) {
    const n = list.indexOf(player.track);
    if (list.length) play(list[n < 0 ? 0 : (n + by + list.length) % list.length]);
  }

  function toWord(by) {
    const { track } = player;
    const n = Math.max(0, wordAt(track, player.audio.currentTime)) + by;
    player.play(track, n <= 0 ? track.start_s : track.words[Math.min(n, spans.length - 1)][0]);
  }

  function languageName(tag) {
    try {
      return new Intl.DisplayNames(["en"], { type: "language" }).of(tag);
    } catch { return tag; }
  }

  function recipe({ name, packs }) {
    if (packs.length > 1) return packs.map(([pack, weight]) => `${weight} ${pack}`).join(" + ");
    return packs.length && packs[0][0] !== name ? packs[0][0] : "";
  }

  const FACTS = [
    (voice) => languageName(voice.language), (voice) => voice.engine, recipe,
    (voice) => (voice.pace === 1 ? "" : `pace ${voice.pace}`), (voice) => voice.roles.join(", "),
    (voice) => voice.licence,
    (voice) => (voice.same_as ? `sounds the same as ${voice.same_as}` : ""),
  ];
  // What is true of all is said once, above them.
  const [shared, own] = [true, false].map((wanted) => FACTS.filter((fact) => (
    tracks.length > 1 && new Set(doc.voices.map(fact)).size === 1) === wanted));

  function facts(voice, which) {
    return which.map((fact) => fact(voice)).filter(Boolean).join(" · ");
  }

  function who(track, n) {
    const { voice } = track;
    const title = make("h2", { class: "title", id: `voice-${n}` }, called(track),
      blind ? "" : make("code", {}, voice.name),
      blind ? [] : voice.in_show.map((role) => make("span", { class: "pill" }, role === "host" ? "Hosts now" : "Reads quotes now")));
    if (blind) return make("div", { class: "who" }, title);
    const role = voice.roles.includes("host") || !voice.roles.includes("quote") ? "host" : "quote";
    const use = make("code", {}, `${role} = ${JSON.stringify(voice.name)}`);
    const copy = make("button", { type: "button", "aria-label": `Copy ${use.textContent}` }, "Copy");
    copy.addEventListener("click", () => copied(use, copy));
    return make("div", { class: "who" }, title,
      make("p", { class: "facts" }, facts(voice, own)),
      make("p", { class: "use" }, use, copy));
  }

  async function copied(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
      say("Copied");
    } catch { // not allowed here: select it, so that it can be copied by hand
      window.getSelection().selectAllChildren(code);
    }
  }

  // What a voice looks like; all on one scale of time, so that pace shows.
  function look(track) {
    const { voice } = track;
    const width = `${(100 * voice.duration_s) / longest}%`;
    const place = make("div", { class: "look", "aria-hidden": "true" });
    if (blind) {
      const rail = make("div", { class: "rail" });
      rail.style.width = width;
      place.append(rail);
    } else {
      place.append(bars(voice, width));
    }
    place.append(make("div", { class: "head", hidden: "" }));
    place.addEventListener("click", (event) => {
      const box = place.getBoundingClientRect();
      const at = ((event.clientX - box.left) / box.width) * longest;
      player.play(track, Math.min(Math.max(at, 0), track.end_s));
    });
    return place;
  }

  function bars(voice, width) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", `0 0 ${voice.duration_s * BARS_PER_S} ${2 * LOUDEST}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("width", width);
    path.setAttribute("d", voice.peaks.map((peak, n) => {
      const half = Math.max(3, (peak / highest) ** 0.7 * LOUDEST); // so that soft sounds show, too
      return `M${n + 0.15} ${LOUDEST - half}h0.7v${2 * half}h-0.7z`;
    }).join(""));
    svg.append(path);
    return svg;
  }

  function row(track, n) {
    const listen = make("button", { type: "button", class: "listen" }, icon("play"));
    listen.addEventListener("click", () => toggle(track));
    const keep = make("button", { type: "button", class: "keep" }, icon("star"));
    keep.addEventListener("click", () => mark(track));
    const element = make("li", { class: "voice", "aria-labelledby": `voice-${n}` },
      make("span", { class: "number", "aria-hidden": "true" }, String(n + 1)), listen,
      who(track, n), look(track), keep);
    return element;
  }

  function mark(track) {
    const set = marked();
    if (!set.delete(track)) set.add(track);
    say(`${called(track)} ${set.has(track) ? "kept" : "not kept"}`);
    if (find("only").checked && !set.has(track)) draw(list.filter((other) => other !== track));
    else shown();
  }

  // The list, anew: which voices, in which order.
  function draw(next) {
    list = next;
    rows.clear();
    list.forEach((track, n) => rows.set(track, row(track, n)));
    const none = make("li", { class: "none" }, "None is kept yet: press the star beside a voice, or K while it plays.");
    find("voices").replaceChildren(...(list.length ? rows.values() : [none]));
    follow();
    shown();
  }

  function choose() {
    const wanted = find("only").checked && kept.size ? tracks.filter((track) => kept.has(track)) : tracks;
    draw(find("only").checked && !kept.size ? [] : wanted);
  }

  function goBlind() {
    player.stop();
    if (blind) { // what was picked blind is the verdict on those that were there
      if (picked.size) {
        list.forEach((track) => kept.delete(track));
        picked.forEach((track) => kept.add(track));
      }
      blind = false;
      choose();
      say(picked.size ? `${picked.size} kept, as you chose` : "Names are shown");
      return;
    }
    const shuffled = [...list];
    for (let n = shuffled.length - 1; n > 0; n -= 1) {
      const other = Math.floor(Math.random() * (n + 1));
      [shuffled[n], shuffled[other]] = [shuffled[other], shuffled[n]];
    }
    picked.clear();
    blind = true;
    if (shuffled.length) player.load(shuffled[0], shuffled[0].start_s);
    draw(shuffled);
    say("Names are hidden, the order is new");
  }

  // What follows a line, by the choice in the player.
  function follow() {
    const then = document.querySelector("#then input:checked").value;
    list.forEach((track, n) => {
      track.next = { stop: null, repeat: track, next: list[n + 1] || null }[then];
    });
  }

  function shown(moving = false) {
    const { track } = player;
    for (const [other, element] of rows) {
      const head = element.querySelector(".head");
      head.hidden = other !== track;
      if (other === track) head.style.left = `${(100 * player.audio.currentTime) / longest}%`;
    }
    if (moving) return;
    const set = marked();
    for (const [other, element] of rows) {
      const playing = other === track && player.playing;
      element.classList.toggle("current", other === track);
      if (other === track) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
      const listen = element.querySelector(".listen");
      listen.replaceChildren(icon(playing ? "pause" : "play"));
      listen.setAttribute("aria-label", `${playing ? "Pause" : "Play"} ${called(other)}`);
      const keep = element.querySelector(".keep");
      keep.setAttribute("aria-pressed", String(set.has(other)));
      keep.setAttribute("aria-label", `Keep ${called(other)}`);
    }
    find("play").replaceChildren(icon(player.playing ? "pause" : "play"));
    find("play").setAttribute("aria-label", player.playing ? "Pause" : "Play");
    find("now").textContent = list.includes(track) ? `${list.indexOf(track) + 1}. ${called(track)}` : "";
    find("kept").textContent = set.size ? `(${set.size})` : "";
    if (player.playing && rows.has(track)) rows.get(track).scrollIntoView({ block: "nearest" });
  }

  function keys(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = event.target.closest("input[type=radio]"); // its own arrows choose
    const pressed = event.target.closest("button, a, input"); // its own space presses it
    const act = {
      " ": pressed ? null : () => toggle(list.includes(player.track) ? player.track : list[0]),
      ArrowDown: chosen ? null : () => step(1), ArrowUp: chosen ? null : () => step(-1),
      ArrowRight: chosen ? null : () => toWord(1), ArrowLeft: chosen ? null : () => toWord(-1),
      Home: () => toWord(-Infinity), k: () => mark(player.track), K: () => mark(player.track),
    }[event.key] || (/^[1-9]$/.test(event.key) && list[event.key - 1] ? () => play(list[event.key - 1]) : null);
    if (!act) return;
    event.preventDefault();
    act();
  }

  function header() {
    const count = tracks.length;
    const minus = String(doc.target_lufs).replace("-", "−");
    find("head").append(
      make("p", { class: "eyebrow" }, `Audition · ${doc.show}`),
      make("h1", {}, count === 1 ? "One voice, one line" : `${count} voices, one line`),
      make("p", { class: "quiet lead" }, `${doc.quality === "studio" ? "Studio" : "Draft"} quality, each at ${minus} LUFS. Choose by ear, then copy the voice’s line to [voices] in show.toml.`));
    const common = facts(doc.voices[0], shared);
    if (common) find("head").append(make("p", { class: "quiet lead" }, `All: ${common}`));
  }

  function silent() {
    if (!doc.silent.length) return;
    find("silent").hidden = false;
    find("silent").append(make("h2", {}, "Not heard here"), ...doc.silent.map((voice) => {
      const place = [voice.path, voice.line].filter(Boolean).join(":");
      return make("div", { class: "problem" },
        make("p", {}, make("strong", {}, voice.name), ` ${place ? `${place}: ` : ""}${voice.what}`),
        voice.remedy ? make("p", {}, make("code", {}, voice.remedy)) : "");
    }));
  }

  function controls() {
    for (const name of ["previous", "play", "next"]) find(name).append(icon(name));
    find("play").addEventListener("click", () => toggle(list.includes(player.track) ? player.track : list[0]));
    find("previous").addEventListener("click", () => step(-1));
    find("next").addEventListener("click", () => step(1));
    Object.entries(THEN).forEach(([value, label], n) => {
      const input = make("input", { type: "radio", name: "then", id: `then-${value}`, value });
      input.checked = n === 0;
      input.addEventListener("change", follow);
      find("then").append(input, make("label", { for: `then-${value}` }, label));
    });
    find("blind").addEventListener("change", goBlind);
    find("only").addEventListener("change", choose);
    spans.forEach((span, n) => {
      span.addEventListener("click", () => {
        const { track } = player;
        player.play(track, n ? track.words[n][0] : track.start_s);
      });
      find("line").append(n ? " " : "", span);
    });
    document.addEventListener("keydown", keys);
    document.addEventListener("click", ({ detail }) => { // whoever has a mouse has its keys free
      if (detail) requestAnimationFrame(() => document.activeElement.blur());
    });
  }

  header();
  silent();
  controls();
  find("blind").checked = find("only").checked = false; // browsers remember
  player.load(tracks[0], tracks[0].start_s);
  draw(tracks);
})();
