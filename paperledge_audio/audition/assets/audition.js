// Voices saying one line: play them, change between them at the same word, keep some, choose.
"use strict";

(() => {
  const { make, icon } = Elements;
  const THEN = { stop: "Once", repeat: "Repeat", next: "All in turn" };
  const LEAD_S = 0.15; // before the first word
  const find = (id) => document.getElementById(id);
  const doc = JSON.parse(find("document").textContent);
  const maker = Rows(doc.voices);
  const spans = doc.words.map((word) => make("span", { class: "word" }, word));
  const player = new Player(find("audio"), shown);
  const rows = new Map(); // track → its row, as the list stands
  const kept = new Set();
  const picked = new Set(); // kept while blind: what was kept before would tell who it is
  let order = []; // all tracks of this round: of all voices, or blind in an order of its own
  let list = []; // those of them that are shown
  let blind = false;

  // One voice; its words light up in the one line that all share.
  const tracks = doc.voices.map((voice) => ({
    voice, clip: encodeURIComponent(voice.clip), words: voice.words, spans, next: null, gap: 0.2,
    start_s: Math.max(0, (voice.words.find(([start, end]) => end > start) || [0])[0] - LEAD_S),
    end_s: voice.words.length ? Math.max(...voice.words.map(([, end]) => end)) : voice.duration_s,
  }));

  const marked = () => (blind ? picked : kept);
  const called = (track) => (blind ? `Voice ${order.indexOf(track) + 1}` : track.voice.title);

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
    return startOf(track, wordAt(from, now));
  }

  // Where a track says a word; a recording has none of the line, and begins anew.
  function startOf(track, word) {
    return word > 0 && track.words.length ? track.words[Math.min(word, track.words.length - 1)][0] : track.start_s;
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
    player.play(track, startOf(track, n));
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

  function row(track, n) {
    return maker.row(track.voice, n, called(track), blind, {
      play: () => toggle(track), keep: () => mark(track), copied,
      seek: (seconds) => player.play(track, Math.min(seconds, track.end_s)),
    });
  }

  function mark(track) {
    const set = marked();
    if (!set.delete(track)) set.add(track);
    say(`${called(track)} ${set.has(track) ? "kept" : "not kept"}`);
    if (find("only").checked) draw();
    else shown();
  }

  // The list, anew: which voices of this round.
  function draw() {
    list = find("only").checked ? order.filter((track) => marked().has(track)) : order;
    rows.clear();
    list.forEach((track, n) => rows.set(track, row(track, n)));
    const none = make("li", { class: "none" }, "None is kept yet: press the star beside a voice, or K while it plays.");
    find("voices").replaceChildren(...(list.length ? rows.values() : [none]));
    follow();
    shown();
  }

  function shuffled(all) {
    const out = [...all];
    for (let n = out.length - 1; n > 0; n -= 1) {
      const other = Math.floor(Math.random() * (n + 1));
      [out[n], out[other]] = [out[other], out[n]];
    }
    return out;
  }

  function goBlind() {
    player.stop();
    order = shuffled(list.length ? list : tracks);
    picked.clear();
    blind = true;
    find("only").checked = false;
    player.load(order[0], order[0].start_s);
    draw();
    say("Names are hidden, the order is new");
  }

  // What was picked blind is the verdict on all who were there.
  function reveal() {
    if (picked.size) {
      order.forEach((track) => kept.delete(track));
      picked.forEach((track) => kept.add(track));
    }
    player.stop();
    blind = false;
    order = tracks;
    draw();
    say(picked.size ? `${picked.size} kept, as you chose` : "Names are shown");
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
      maker.place(element, other === track, player.audio.currentTime);
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
      element.querySelector(".keep").setAttribute("aria-pressed", String(set.has(other)));
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
    if (maker.shared) find("head").append(make("p", { class: "quiet lead" }, `All: ${maker.shared}`));
  }

  function silent() {
    if (!doc.silent.length) return;
    find("silent").hidden = false;
    find("silent").append(make("h2", {}, "Not available here"), ...doc.silent.map((voice) => {
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
    find("blind").addEventListener("change", () => (find("blind").checked ? goBlind() : reveal()));
    find("only").addEventListener("change", draw);
    spans.forEach((span, n) => {
      span.addEventListener("click", () => {
        const { track } = player;
        player.play(track, startOf(track, n));
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
  find("only").checked = false; // browsers remember
  find("blind").checked = doc.blind;
  order = tracks;
  player.load(tracks[0], tracks[0].start_s);
  if (doc.blind) goBlind();
  else draw();
})();
