// Puts the page together: the document, the player, keys, and a page that follows its script.
"use strict";

(() => {
  const { make, icon, clock, keepInSight } = Elements;
  const SPEEDS = [1, 1.25, 1.5, 1.75, 2];
  const JUMP_S = 5;
  const find = (id) => document.getElementById(id);
  const main = find("main");
  const player = new Player(find("audio"), shown);
  player.source = (clip) => (doc.sounds ? `data:audio/mpeg;base64,${doc.sounds[clip]}` : clip);
  let doc = null;
  let tracks = []; // a list an episode, by segment; holes where there is no clip
  let waves = [];
  let words = null; // the bar for a word, where a server answers

  function render(next) {
    doc = next;
    waves.forEach((wave) => wave && wave.observer.disconnect());
    find("head").replaceChildren(...Parts.head(doc));
    main.replaceChildren(...doc.episodes.map(Parts.episode).filter((_, n) => doc.episodes[n].status !== "unchanged"));
    tracks = doc.episodes.map(trackList);
    waves = doc.episodes.map((episode, n) => {
      const slider = find(`wave-${n}`);
      return slider ? new Wave(slider, episode, doc.clips) : null;
    });
    find("head").querySelectorAll("[data-around]").forEach(wireAround);
    doc.episodes.forEach(wire);
    const audible = first();
    find("player").hidden = !audible;
    if (audible && !player.track) player.load(audible);
    shown();
  }

  function trackList(episode, n) {
    const article = find(`episode-${n}`);
    const list = [];
    let last = null;
    if (!article || !episode.segments) return list;
    article.querySelectorAll(".sentence").forEach((element, index) => {
      const segment = episode.segments[index];
      if (!segment.clip) return;
      const track = {
        id: `${episode.path}#${index}`, clip: segment.clip, words: segment.words, element, episode: n,
        spans: element.querySelectorAll(".word"), segment: index, start: segment.start,
        text: segment.text, next: null, previous: last, gap: 0.6, words_end: segment.end,
        other: segment.plain, turner: article.querySelector(`.turn[data-segment="${index}"]`),
      };
      if (last) {
        last.next = track;
        if (last.segment === index - 1) last.gap = Math.max(0, segment.start - last.words_end);
      }
      list[index] = track;
      last = track;
    });
    const start = list.find(Boolean);
    if (start) start.element.tabIndex = 0;
    return list;
  }

  function wire(episode, n) {
    const article = find(`episode-${n}`);
    if (!article) return;
    for (const track of tracks[n].filter(Boolean)) {
      track.element.addEventListener("click", (event) => {
        if (String(window.getSelection())) return;
        player.play(track);
        choose(track, event.target.closest(".word"));
      });
      if (track.turner) track.turner.addEventListener("click", () => turn(track));
      track.element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || (event.key === " " && player.track !== track)) {
          event.preventDefault();
          event.stopPropagation();
          player.play(track);
        }
      });
    }
    article.querySelectorAll(".change").forEach((card) => {
      const change = episode.changes[card.dataset.change];
      wireSides(card, `${episode.path}#${card.dataset.change}`, (side, button) => {
        const said = change[side];
        const take = "plain" in button.dataset ? said.plain : said;
        return { clip: take.clip, words: take.words, text: said.text, episode: n };
      });
    });
    article.querySelectorAll(".chapter").forEach((button) => {
      button.addEventListener("click", () => seek(n, Number(button.dataset.start)));
    });
    const wave = waves[n];
    if (!wave) return;
    wave.slider.addEventListener("click", (event) => {
      const box = wave.slider.getBoundingClientRect();
      seek(n, ((event.clientX - box.left) / box.width) * episode.duration_s);
    });
    wave.slider.addEventListener("keydown", (event) => {
      const here = Number(wave.slider.getAttribute("aria-valuenow"));
      const to = {
        ArrowRight: here + JUMP_S, ArrowUp: here + JUMP_S, ArrowLeft: here - JUMP_S,
        ArrowDown: here - JUMP_S, Home: 0, End: episode.duration_s,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      seek(n, Math.min(Math.max(to, 0), episode.duration_s));
    });
  }

  // Both sides of a change play alone; `describe` gives the track of a side's button.
  function wireSides(card, id, describe) {
    card.querySelectorAll(".side").forEach((element) => {
      element.querySelectorAll(".listen").forEach((button) => {
        const { side } = element.dataset;
        const track = {
          id: `${id}.${side}`, element, spans: element.querySelectorAll(".printed .word"),
          next: null, previous: null, gap: 0, button, ...describe(side, button),
        };
        button.track = track;
        button.addEventListener("click", () => {
          if (player.track === track && player.playing) player.stop();
          else player.play(track);
        });
      });
    });
  }

  function wireAround(card) {
    const change = doc.around[card.dataset.around];
    wireSides(card, `around-${card.dataset.around}`, (side) => (
      { clip: change[side].clip, words: [], text: `Music ${change.where}, ${side}` }));
  }

  // Show a word of a sentence in the bar.
  function choose(track, word) {
    if (words && word) words.open(doc.episodes[track.episode].path, track.segment, word.textContent);
  }

  // The word that sounds, or the first one of the sentence.
  function chooseCurrent() {
    const { track } = player;
    if (!words || !track || track.start === undefined) return;
    choose(track, [...track.spans].find((word) => word.classList.contains("on")) || track.spans[0]);
    words.said.focus();
  }

  // Change between the takes of a sentence with and without direction, and play the other one.
  function turn(track) {
    const { clip, words } = track;
    Object.assign(track, track.other, { other: { clip, words } });
    track.turner.setAttribute("aria-pressed", String(track.element.classList.toggle("plain")));
    player.play(track);
  }

  // Play from a place in an episode, or from what can be heard next after it.
  function seek(n, seconds) {
    const list = tracks[n].filter(Boolean);
    const ends = (track) => doc.episodes[n].segments[track.segment].end;
    const track = list.find((candidate) => ends(candidate) > seconds) || list[list.length - 1];
    if (track) player.play(track, Math.max(0, Math.min(seconds, ends(track)) - track.start));
  }

  function first() {
    for (const list of tracks) {
      const track = list.find(Boolean);
      if (track) return track;
    }
    const button = [...document.querySelectorAll(".listen")].find((candidate) => candidate.track);
    return button ? button.track : null;
  }

  // A link to a clip, page#clip, leads to where it stands, ready to play.
  function arrive() {
    const clip = window.location.hash.slice(1);
    const button = [...document.querySelectorAll(".listen")].find((one) => one.track && one.track.clip === clip);
    const track = button ? button.track : tracks.flat().find((one) => one && one.clip === clip);
    if (!track) return;
    if (player.playing) player.stop();
    player.load(track);
    const folded = track.element.closest("details");
    if (folded) folded.open = true;
    track.element.scrollIntoView({ block: "center" });
    shown();
    (button || track.element).focus({ preventScroll: true });
  }

  // What is playing, everywhere that says so; `moving` when only the time went on.
  function shown(moving = false) {
    const { track } = player;
    const seconds = player.time;
    if (track && seconds !== null) {
      const episode = doc.episodes[track.episode];
      find("clock").textContent = `${clock(seconds)} / ${clock(episode.duration_s)}`;
      if (waves[track.episode]) waves[track.episode].show(seconds, track.text);
    } else {
      find("clock").textContent = track ? clock(player.audio.currentTime) : "";
    }
    if (moving) return;
    find("saying").textContent = track ? track.text : "";
    const play = find("play");
    play.replaceChildren(icon(player.playing ? "pause" : "play"));
    play.setAttribute("aria-label", player.playing ? "Pause" : "Play");
    document.querySelectorAll(".current").forEach((element) => element.classList.remove("current"));
    main.querySelectorAll("[aria-current]").forEach((element) => element.removeAttribute("aria-current"));
    if (track) {
      track.element.classList.add("current");
      if (track.start !== undefined) {
        track.element.setAttribute("aria-current", "true");
        tracks[track.episode].forEach((other) => { other.element.tabIndex = other === track ? 0 : -1; });
        if (document.activeElement && document.activeElement.classList.contains("sentence")) track.element.focus({ preventScroll: true });
        if (player.playing) keepInSight(track.element, find("player").offsetHeight);
      }
    }
    document.querySelectorAll(".listen").forEach((button) => {
      const playing = player.playing && button.track === track;
      button.replaceChildren(icon(playing ? "pause" : "play"), make("span", {}, playing ? "Stop" : button.dataset.name || "Play"));
    });
  }

  function step(forward) {
    const { track } = player;
    if (!track) return;
    const to = forward ? track.next : (player.audio.currentTime > 2 || !track.previous ? track : track.previous);
    if (to) player.play(to);
  }

  function faster(by) {
    const n = Math.min(Math.max(SPEEDS.indexOf(player.rate) + by, 0), SPEEDS.length - 1);
    player.speed(SPEEDS[n]);
    find(`speed-${n}`).checked = true;
    find("status").textContent = `Speed ${SPEEDS[n]}`;
  }

  function keys(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input[type=text]")) return;
    const chosen = event.target.closest("input"); // its own arrows choose a speed
    const pressed = event.target.closest("button, a, summary, input"); // its own space presses it
    const act = {
      " ": pressed ? null : () => player.toggle(first()),
      ArrowRight: chosen ? null : () => step(true), ArrowLeft: chosen ? null : () => step(false),
      e: words ? chooseCurrent : null,
      p: () => { if (player.track && player.track.turner) turn(player.track); },
      "+": () => faster(1), "-": () => faster(-1),
    }[event.key];
    if (!act || find("player").hidden) return;
    event.preventDefault();
    act();
  }

  function controls() {
    for (const name of ["previous", "play", "next"]) find(name).append(icon(name));
    find("play").addEventListener("click", () => player.toggle(first()));
    find("previous").addEventListener("click", () => step(false));
    find("next").addEventListener("click", () => step(true));
    SPEEDS.forEach((speed, n) => {
      const input = make("input", { type: "radio", name: "speed", id: `speed-${n}`, value: speed });
      input.checked = n === 0;
      input.addEventListener("change", () => player.speed(speed));
      find("speeds").append(input, make("label", { for: `speed-${n}` }, `${speed}×`));
    });
    document.addEventListener("keydown", keys);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => waves.forEach((wave) => wave && wave.draw()));
  }

  // A page that is served follows its script: it is drawn again in place, and what is new plays.
  function live() {
    const events = new EventSource(`events?after=${doc.live}`);
    const box = make("input", { type: "checkbox", id: "follow", checked: "" });
    find("speeds").before(make("p", { class: "live" }, box, make("label", { for: "follow" }, "Play what I save")));
    events.addEventListener("message", async () => {
      const next = await (await fetch("document.json", { cache: "no-store" })).json();
      const known = new Set(Object.keys(doc.clips));
      const top = window.scrollY;
      const was = player.track;
      const playing = player.playing;
      render(next);
      window.scrollTo({ top, behavior: "instant" });
      const fresh = known.size && tracks.flat().find((track) => track && !known.has(track.clip));
      if (fresh && box.checked && navigator.userActivation && navigator.userActivation.hasBeenActive) {
        player.play({ ...fresh, next: null });
      } else if (was) {
        const same = tracks.flat().find((track) => track && track.clip === was.clip);
        if (same) { player.unlight(); player.track = same; } else if (!playing) player.track = null;
        if (!player.track && first()) player.load(first());
        shown();
      }
      find("status").textContent = doc.problem ? "The last save can't be spoken." : "The page was updated.";
    });
    window.addEventListener("pagehide", () => events.close());
    if (!doc.token) return;
    words = new WordBar(doc.token, (clip, text, element) => player.play(
      { id: `word-${clip}`, clip, words: [], spans: [], element, text, next: null, previous: null, gap: 0 },
    ));
    find("player").prepend(words.form);
    document.querySelector("footer p").append(" · E, or a click on a word, changes how it is said");
  }

  controls();
  render(JSON.parse(find("document").textContent));
  window.addEventListener("hashchange", arrive);
  arrive();
  if (doc.live !== undefined) live();
})();
