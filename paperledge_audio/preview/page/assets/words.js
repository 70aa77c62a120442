// A bar to hear one word in, to try it in other ways, and to keep one; the page's server does it.
"use strict";

class WordBar {
  // `hear` plays a clip with a text.
  constructor(token, hear) {
    const { make, icon } = Elements;
    this.token = token;
    this.hear = hear;
    this.place = null; // the script and the segment that the word stands in
    const field = (name, label, hint) => {
      const input = make("input", { type: "text", id: `word-${name}`, maxlength: 200, autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: hint });
      return [input, make("p", {}, make("label", { for: input.id }, label), input)];
    };
    const button = (name, act) => {
      const made = make("button", { type: "button", class: "hear" }, ...name);
      made.addEventListener("click", act);
      return made;
    };
    const [word, wordField] = field("text", "Word", "");
    const [said, saidField] = field("said", "said as", "words, or /phonemes/");
    this.word = word;
    this.said = said;
    this.only = make("input", { type: "checkbox", id: "word-only" });
    this.ways = make("p", { class: "ways" });
    this.message = make("p", { class: "message", role: "status" });
    this.form = make("form", { class: "bar words", "aria-label": "How a word is said", hidden: "" },
      wordField, button([icon("play"), "As now"], () => this.listen("")),
      saidField, button([icon("play"), "Hear"], () => this.listen(this.said.value)),
      make("p", { class: "only" }, this.only, make("label", { for: "word-only" }, "only in this script")),
      button(["Save"], () => this.save()), button(["Close"], () => this.close()),
      this.ways, this.message);
    this.form.addEventListener("submit", (event) => { // the Enter key
      event.preventDefault();
      this.listen(this.said.value);
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  // What a person would look up: without the punctuation around it, and without a possessive.
  static bare(text) {
    return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}+]+$/gu, "").replace(/['’]s$/u, "");
  }

  open(path, segment, text) {
    this.place = { path, segment };
    this.word.value = WordBar.bare(text);
    this.said.value = "";
    this.ways.replaceChildren();
    this.tell("");
    this.form.hidden = false;
  }

  // A hidden field must not keep the keys.
  close() {
    if (this.form.contains(document.activeElement)) document.activeElement.blur();
    this.form.hidden = true;
  }

  async listen(said) {
    const answer = await this.ask("try", { said });
    if (!answer) return;
    const [now, ...others] = answer.ways;
    this.tell(`Now ${now.entry}`);
    if (!said) {
      this.ways.replaceChildren("Or ", ...others.map((way) => {
        const choice = Elements.make("button", { type: "button", class: "turn", title: way.about }, way.entry);
        choice.addEventListener("click", () => {
          this.said.value = way.entry;
          this.listen(way.entry);
        });
        return choice;
      }));
    }
    this.ways.hidden = !this.ways.querySelector("button");
    this.hear(answer.clip, this.word.value, this.form);
  }

  async save() {
    const said = this.said.value;
    const answer = await this.ask("keep", { said, script_only: this.only.checked });
    if (answer) this.tell(`${answer.path}: ${this.word.value} is said ${said}`);
  }

  // What the server answers; null where it can't, which is told.
  async ask(action, more) {
    this.form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(`words/${action}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Paperledge-Token": this.token },
        body: JSON.stringify({ ...this.place, word: this.word.value, ...more }),
      });
      const answer = await response.json();
      if (response.ok) return answer;
      this.tell([answer.what, answer.remedy].filter(Boolean).join("; "), true);
    } catch {
      this.tell("The program doesn't answer; reload the page.", true);
    } finally {
      this.form.removeAttribute("aria-busy");
    }
    return null;
  }

  tell(text, wrong = false) {
    this.message.textContent = text;
    this.message.classList.toggle("wrong", wrong);
  }
}
