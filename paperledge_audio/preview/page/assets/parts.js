// Parts of the page, made from the document. Texts become text nodes, never markup.
"use strict";

const Parts = (() => {
  const { make, icon, clock } = Elements;
  const KINDS = {
    added: "Added", removed: "Removed", changed: "Changed", moved: "Moved",
    "said otherwise": "Said otherwise",
  };
  const STATUSES = {
    whole: "", new: "New", changed: "Changed", unchanged: "Unchanged", deleted: "Deleted",
    broken: "Broken",
  };

  const STRESSES = { 1: "em", 2: "strong" };

  // A link, if it leads to a web page; else its text.
  function link(url, text) {
    let parsed = null;
    try { parsed = new URL(url); } catch { /* no link */ }
    if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return text;
    return make("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, text);
  }

  function plural(count, one, many = `${one}s`) {
    return `${count} ${count === 1 ? one : many}`;
  }

  // Words as spans; those at the places `marks` stand in elements `tag`, stressed ones in em or
  // strong, and neighbours in one.
  function words(text, marks = [], tag = "span", stresses = []) {
    const marked = new Set(marks);
    const levels = new Map(stresses);
    const out = [];
    let before = [];
    let inner = null;
    text.split(" ").forEach((word, n) => {
      const span = make("span", { class: "word" }, word);
      const around = [STRESSES[levels.get(n)], marked.has(n) && tag].filter(Boolean);
      if (inner && around.join() === before.join()) {
        inner.append(" ", span);
      } else {
        inner = around.length ? make(around[0], {}, span) : null;
        out.push(n ? " " : "", around.slice(1).reduce((whole, name) => make(name, {}, whole), inner || span));
      }
      before = around;
    });
    return out.filter(Boolean);
  }

  function facts(episode) {
    const rows = [];
    const row = (name, ...value) => rows.push(make("div", {}, make("dt", {}, name), make("dd", {}, ...value)));
    if (episode.duration_s !== undefined) {
      const before = episode.duration_before_s;
      const about = episode.measured ? "" : "about ";
      row("Length", make("strong", {}, about + clock(episode.duration_s)),
        before === null ? "" : make("small", {}, ` before ${clock(before)}`));
      row("Estimated, studio", clock(episode.estimated_s));
      row("Voices", Object.entries(episode.engines).map(([voice, engine]) => `${voice} by ${engine}`).join(", "));
      if (episode.status !== "whole") row("New speech", `${episode.anew_s.toFixed(1)} s`);
      if (episode.loudness_lufs !== null) {
        row("Loudness", `${minus(episode.loudness_lufs)} LUFS`,
          make("small", {}, ` as spoken; finished at ${minus(episode.target_lufs)}`));
      }
    }
    return rows.length ? make("dl", { class: "facts" }, rows) : null;
  }

  function minus(number) {
    return String(number.toFixed(1)).replace("-", "−");
  }

  function findings(episode) {
    const found = episode.findings;
    if (!found.length) return null;
    const errors = found.some((finding) => finding.level === "error");
    return make("details", { class: "findings", open: errors ? "" : null },
      make("summary", {}, errors ? "Findings of check" : plural(found.length, "warning")),
      make("ul", {}, found.map((finding) => make("li", { class: finding.level },
        finding.line ? make("span", { class: "line" }, `line ${finding.line} `) : "",
        finding.what, finding.remedy ? make("small", {}, ` ${finding.remedy}`) : ""))));
  }

  function problem(error, lead) {
    const place = [error.path, error.line].filter(Boolean).join(":");
    return make("div", { class: "problem" },
      make("p", {}, make("strong", {}, lead)),
      make("p", {}, place ? make("code", {}, place) : "", ` ${error.what}`),
      error.remedy ? make("p", { class: "quiet" }, error.remedy) : "");
  }

  // The waveform: a slider over the whole episode; player.js draws and moves it.
  function wave(episode, n) {
    return make("div", { class: "wave" },
      make("div", {
        class: "slider", role: "slider", tabindex: "0", id: `wave-${n}`,
        "aria-label": `Position in ${episode.title}`, "aria-valuemin": "0",
        "aria-valuemax": episode.duration_s.toFixed(1), "aria-valuenow": "0",
        "aria-valuetext": `0:00 of ${clock(episode.duration_s)}`,
      }, make("canvas", { "aria-hidden": "true" }), make("div", { class: "head" })),
      legend(episode));
  }

  function legend(episode) {
    return make("ul", { class: "legend", "aria-label": "Colours" },
      [...voiceColours(episode)].map(([speaker, colour]) => make("li", { class: colour }, speaker)));
  }

  function chapters(episode) {
    if (episode.chapters.length < 2) return null;
    return make("ol", { class: "chapters", "aria-label": "Chapters" },
      episode.chapters.map((chapter, n) => make("li", {}, make("button",
        { type: "button", class: "chapter", "data-start": chapter.start },
        make("span", { class: "time" }, clock(chapter.start)), ` ${chapter.title}`))));
  }

  function change(entry, n) {
    const { before, after } = entry;
    const sides = entry.same_sound && before && after
      ? [side(after, "after", "Now as before", "ins", entry)]
      : [before && side(before, "before", "Before", "del", entry),
        after && side(after, "after", "After", "ins", entry)].filter(Boolean);
    const place = !before || !after || before.line === after.line
      ? lineOf(after || before) : `${lineOf(before)} → ${after.line}`;
    return make("li", { class: `change kind-${entry.kind.replace(" ", "-")}`, "data-change": n },
      make("p", { class: "what" }, make("span", { class: "pill" }, KINDS[entry.kind] || entry.kind),
        make("span", { class: "line" }, ` ${place}`)),
      entry.why.length ? make("ul", { class: "why" }, entry.why.map((why) => make("li", {}, why))) : "",
      make("div", { class: `sides sides-${sides.length}` }, sides));
  }

  // What changed around the speech; of music both versions, to hear.
  function surrounding(entry, n) {
    const sides = [["before", "Before"], ["after", "After"]].filter(([name]) => entry[name]);
    return make("li", { "data-around": n }, entry.text,
      sides.length ? make("div", { class: `sides sides-${sides.length}` },
        sides.map(([name, title]) => pieceSide(entry, name, title))) : "");
  }

  function pieceSide(entry, name, title) {
    const piece = entry[name];
    return make("div", { class: `side ${name}`, "data-side": name, role: "group", "aria-label": title },
      make("div", { class: "side-head" },
        make("span", { class: "side-name" }, title), make("small", {}, piece.file),
        piece.clip ? make("button", {
          type: "button", class: "listen", "aria-label": `Play ${title.toLowerCase()}: the music ${entry.where}`,
        }, icon("play"), make("span", {}, "Play")) : ""),
      piece.problem ? make("p", { class: "quiet" }, piece.problem) : "");
  }

  function lineOf(said) {
    return said.line ? `line ${said.line}` : "the show's words";
  }

  function side(said, name, title, tag, entry) {
    const differs = said.spoken.replace(/\.$/, "") !== said.text.replace(/\.$/, "");
    const label = `Play ${title.toLowerCase()}: ${said.text}`;
    return make("div", { class: `side ${name}`, "data-side": name, role: "group", "aria-label": title },
      make("div", { class: "side-head" },
        make("span", { class: "side-name" }, title), make("small", {}, said.speaker),
        said.delivery ? deliveryOf(said) : "",
        said.clip ? make("button", { type: "button", class: "listen", "aria-label": label },
          icon("play"), make("span", {}, "Play")) : "",
        said.plain ? make("button", {
          type: "button", class: "listen", "data-plain": "", "data-name": "Plain",
          "aria-label": `Plain, without stress and delivery: ${said.text}`,
        }, icon("play"), make("span", {}, "Plain")) : ""),
      make("p", { class: "printed" }, words(said.text, said.marks, tag, said.stresses)),
      differs ? make("p", { class: "spoken" },
        make("span", { class: "unseen" }, "Said: "), words(said.spoken, said.spoken_marks, tag)) : "");
  }

  function deliveryOf(said) {
    return make("small", { class: "delivery" }, make("span", { class: "unseen" }, "Delivery: "), said.delivery);
  }

  function changes(episode) {
    if (!episode.changes.length || episode.status === "new") return null;
    const counts = Object.entries(episode.counts).map(([kind, count]) => `${count} ${kind}`);
    return make("section", { class: "changes" },
      make("h3", {}, "What changed ", make("small", {}, counts.join(", "))),
      make("ol", {}, episode.changes.map(change)));
  }

  // The transcript, paragraph by paragraph; a sentence that has a clip is a button. Where several
  // people speak, each turn begins with a name.
  function transcript(episode) {
    const out = [];
    const several = new Set(episode.segments.map((segment) => segment.speaker)).size > 1;
    let paragraph = null;
    let speaker = "";
    let delivery = "";
    episode.segments.forEach((segment, n) => {
      if (segment.starts_block || !paragraph) {
        const tag = segment.role === "heading" ? "h4" : segment.role === "quote" ? "blockquote" : "p";
        paragraph = make(tag, { class: `block role-${segment.role}` });
        out.push(paragraph);
        if (several && segment.speaker !== speaker && segment.role !== "heading") {
          speaker = segment.speaker;
          paragraph.append(make("span", { class: "speaker" }, speaker), " ");
        }
      } else {
        paragraph.append(" ");
      }
      if (segment.delivery && segment.delivery !== delivery) paragraph.append(deliveryOf(segment), " ");
      delivery = segment.delivery;
      const change = segment.change ? ` ${segment.change.replace(" ", "-")}` : "";
      paragraph.append(make("span", {
        class: `sentence${segment.clip ? "" : " silent"}${change}`, "data-segment": n,
        role: segment.clip ? "button" : null, tabindex: segment.clip ? "-1" : null,
      }, words(segment.text, [], "span", segment.stresses)));
      if (segment.plain) {
        paragraph.append(" ", make("button", {
          type: "button", class: "turn", "aria-pressed": "false", "data-segment": n,
          "aria-label": `plain, without stress and delivery: ${segment.text}`,
        }, "plain"));
      }
      if (segment.music) {
        out.push(make("p", { class: "music" }, `♪ ${segment.music}`));
        paragraph = null;
      }
    });
    const partly = !episode.measured;
    return make("section", { class: "transcript" },
      make("h3", {}, "Transcript"),
      partly ? make("p", { class: "quiet" },
        "Only what changed was spoken for this preview.") : "",
      episode.segments.some((segment) => segment.plain) ? make("p", { class: "quiet" },
        "Stress is in ", make("em", {}, "italics"), ", strong stress in ", make("strong", {}, "bold"),
        "; “plain” plays a sentence without its stress and delivery, and with them again.") : "",
      make("div", { class: "text" }, out));
  }

  function pronunciations(episode) {
    const rows = episode.pronunciations;
    if (!rows.length) return null;
    const head = ["Printed", "Said", "Sound", "Because", "Times"];
    return make("details", { class: "pronunciations" },
      make("summary", {}, `Pronunciations (${rows.length})`),
      make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Pronunciations" },
        make("table", {},
          make("thead", {}, make("tr", {}, head.map((name) => make("th", { scope: "col" }, name)))),
          make("tbody", {}, rows.map((row) => make("tr", {},
            make("th", { scope: "row" }, row.text || "—"), make("td", {}, row.said || "(nothing)"),
            make("td", { class: "ipa" }, row.phonemes ? `/${row.phonemes}/` : ""),
            make("td", {}, row.rule), make("td", { class: "number" }, String(row.times))))))));
  }

  function episode(data, n) {
    const status = STATUSES[data.status];
    const from = data.was ? make("small", { class: "was" }, ` was ${data.was}`) : "";
    const paper = data.paper && (data.paper.title || data.paper.url)
      ? make("p", { class: "paper" }, link(data.paper.url, data.paper.title || data.paper.url)) : null;
    const article = make("article", { id: `episode-${n}`, "aria-labelledby": `title-${n}` },
      make("p", { class: "eyebrow" }, make("code", {}, data.path), from,
        status ? make("span", { class: `pill status-${data.status}` }, status) : ""),
      make("h2", { id: `title-${n}` }, data.title), paper || "");
    article.append(...[facts(data), data.problem && problem(data.problem, "It can't be previewed."),
      findings(data)].filter(Boolean));
    if (data.segments && data.status !== "unchanged") {
      article.append(...[wave(data, n), chapters(data), changes(data), transcript(data),
        pronunciations(data)].filter(Boolean));
    }
    return article;
  }

  // Everything above the episodes: what this is, and a list to jump from.
  function head(doc) {
    const shows = [...new Set(doc.episodes.map((episode) => episode.show).filter(Boolean))];
    const fresh = doc.episodes.filter((episode) => episode.status !== "unchanged");
    const same = doc.episodes.length - fresh.length;
    const since = doc.since
      ? ["since ", make("code", {}, doc.since.ref), " ", make("small", {}, doc.since.commit)] : [];
    const out = [make("p", { class: "eyebrow" }, ["Preview", ...shows].join(" · ")),
      make("h1", {}, doc.since ? ["What changed ", ...since] : "How it sounds"),
      make("p", { class: "quiet" }, "Draft quality, speech only. Music and mastering come with the render.")];
    if (doc.problem) out.push(make("div", { role: "alert" }, problem(doc.problem, "The last save can't be spoken; this is the version before it.")));
    if (doc.live === 0) out.push(make("p", {}, "Speaking…"));
    if (fresh.length > 1) {
      out.push(make("nav", { "aria-label": "Episodes" }, make("ul", {}, doc.episodes.map((episode, n) => (
        episode.status === "unchanged" ? null : make("li", {},
          make("a", { href: `#episode-${n}` }, episode.title),
          make("small", {}, ` ${summary(episode)}`)))).filter(Boolean))));
    }
    const around = doc.around || [];
    if (around.length) out.push(make("ul", { class: "around" }, around.map(surrounding)));
    const silent = !fresh.length && !around.some((change) => change.where);
    if (doc.since && silent) out.push(make("p", {}, "No episode sounds different."));
    else if (same) out.push(make("p", { class: "quiet" }, `${plural(same, "other script is", "other scripts are")} unchanged.`));
    return out;
  }

  function summary(episode) {
    const counts = Object.entries(episode.counts).map(([kind, count]) => `${count} ${kind}`).join(", ");
    if (episode.status === "whole") return clock(episode.duration_s);
    return episode.status === "changed" ? counts : episode.status;
  }

  return { episode, head };
})();
