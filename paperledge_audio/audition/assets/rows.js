// The rows of an audition: what is told of each voice, and what it looks like. Texts stay texts.
"use strict";

// `voices`: as the page's document has them. Their rows call back with what was asked for.
const Rows = (voices) => {
  const { make, icon } = Elements;
  const BARS_PER_S = 20;
  const LOUDEST = 99;
  const IN_SHOW = { host: "Hosts now", quote: "Reads quotes now" };
  const longest = Math.max(...voices.map((voice) => voice.duration_s));
  const highest = Math.max(...voices.flatMap((voice) => voice.peaks));

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
    voices.length > 1 && new Set(voices.map(fact)).size === 1) === wanted));

  function facts(voice, which) {
    return which.map((fact) => fact(voice)).filter(Boolean).join(" · ");
  }

  // Who it is, on what terms, and how to have it; blind: only what it is called.
  function who(voice, title, blind, copied) {
    if (blind) return make("div", { class: "who" }, title);
    title.append(make("code", {}, voice.name),
      ...voice.in_show.map((role) => make("span", { class: "pill" }, IN_SHOW[role])));
    const out = make("div", { class: "who" }, title, make("p", { class: "facts" }, facts(voice, own)));
    const role = ["host", "quote"].find((name) => voice.roles.includes(name));
    if (role) {
      const use = make("code", {}, `${role} = ${JSON.stringify(voice.name)}`);
      const copy = make("button", { type: "button", "aria-label": `Copy ${use.textContent}` }, "Copy");
      copy.addEventListener("click", () => copied(use, copy));
      out.append(make("p", { class: "use" }, use, copy));
    }
    return out;
  }

  // What a voice looks like; all on one scale of time, so that pace shows.
  function look(voice, blind, seek) {
    const width = `${(100 * voice.duration_s) / longest}%`;
    const drawn = blind ? make("div", { class: "rail" }) : bars(voice);
    drawn.style.width = width;
    const place = make("div", { class: "look", "aria-hidden": "true" }, drawn,
      make("div", { class: "head", hidden: "" }));
    place.addEventListener("click", (event) => {
      const box = place.getBoundingClientRect();
      seek(Math.max(0, ((event.clientX - box.left) / box.width) * longest));
    });
    return place;
  }

  function bars(voice) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", `0 0 ${voice.duration_s * BARS_PER_S} ${2 * LOUDEST}`);
    svg.setAttribute("preserveAspectRatio", "none");
    path.setAttribute("d", voice.peaks.map((peak, n) => {
      const half = Math.max(3, (peak / highest) ** 0.7 * LOUDEST); // so that soft sounds show, too
      return `M${n + 0.15} ${LOUDEST - half}h0.7v${2 * half}h-0.7z`;
    }).join(""));
    svg.append(path);
    return svg;
  }

  // A voice that is the `n`th from 0, called `name`; `on` has play, keep, seek and copied.
  function row(voice, n, name, blind, on) {
    const listen = make("button", { type: "button", class: "listen" });
    listen.addEventListener("click", on.play);
    const keep = make("button", { type: "button", class: "keep", "aria-label": `Keep ${name}` }, icon("star"));
    keep.addEventListener("click", on.keep);
    const title = make("h2", { class: "title", id: `voice-${n}` }, name);
    return make("li", { class: "voice", "aria-labelledby": `voice-${n}` },
      make("span", { class: "number", "aria-hidden": "true" }, String(n + 1)), listen,
      who(voice, title, blind, on.copied), look(voice, blind, on.seek), keep);
  }

  // How a row shows that it is the one that plays, or would; `at` in seconds.
  function place(element, current, at) {
    const head = element.querySelector(".head");
    head.hidden = !current;
    if (current) head.style.left = `${(100 * at) / longest}%`;
  }

  return { row, place, shared: facts(voices[0], shared) };
};
