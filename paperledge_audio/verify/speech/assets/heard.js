// A sentence plays at a click, and its commands are copied by buttons; "say it as" fills them in.
"use strict";

(() => {
  const { make } = Elements;
  const status = document.getElementById("status");

  // A word as a POSIX shell reads it back.
  function quote(word) {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
  }

  function lexicon(show, verb, ...words) {
    const guard = words.some((word) => word.startsWith("-")) ? ["--"] : [];
    const line = ["paperledge", "lexicon", verb, ...guard, ...words].map(quote).join(" ");
    return show ? `(cd ${quote(show)} && ${line})` : line;
  }

  async function copy(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      document.querySelectorAll(".copied").forEach((other) => other.classList.remove("copied"));
      button.classList.add("copied");
      status.textContent = `Copied: ${code.textContent}`;
    } catch { // not allowed here: select it, so that it can be copied by hand
      window.getSelection().selectAllChildren(code);
    }
  }

  function addButton(name, code) {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => copy(code, button));
    code.before(button);
    return button;
  }

  function addFields(row, code) {
    const word = make("input", { value: row.dataset.word, "aria-label": "Word", spellcheck: "false" });
    const said = make("input", {
      "aria-label": "Say it as", placeholder: "agent racer, or /ˈeɪʤənt/", spellcheck: "false",
    });
    const kept = make("code", { class: "command" });
    code.before(make("p", { class: "fields" }, "Say ", word, " as ", said));
    code.after(kept);
    addButton("Try", code);
    const keep = addButton("Keep", kept);
    function fill() {
      const [what, how] = [word.value.trim(), said.value.trim()];
      const show = row.dataset.show;
      code.textContent = lexicon(show, "try", what, ...(how ? [how] : []));
      kept.textContent = what && how ? lexicon(show, "add", what, how) : "";
      kept.hidden = keep.hidden = !kept.textContent;
    }
    word.addEventListener("input", fill);
    said.addEventListener("input", fill);
    fill();
  }

  for (const row of document.querySelectorAll(".action")) {
    const code = row.querySelector("code");
    if (row.dataset.word !== undefined) addFields(row, code);
    else addButton(row.dataset.name, code);
  }

  const sounds = [...document.querySelectorAll("audio")];
  for (const sound of sounds) {
    sound.addEventListener("play", () => sounds.forEach((other) => other === sound || other.pause()));
    const printed = sound.parentElement.querySelector(".printed");
    printed.classList.add("plays");
    printed.addEventListener("click", () => {
      sound.currentTime = 0;
      sound.play();
    });
  }
})();
