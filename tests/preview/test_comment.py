"""The comment on a pull request: a real repository, and what a reader of Markdown finds in it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from paperledge_audio.preview.page.files import CLIP
from paperledge_audio.preview.page.markdown import escape_text
from paperledge_audio.preview.page.summary import LONGEST, MARK, PageLinks, write_summary
from paperledge_audio.preview.page.wording import is_number
from tests.tone_show import SCRIPT

Call = Callable[..., Any]
ADDRESS = "https://paperledge.example/previews/7"
NASTY = (
    "Ask @ada, see #12, GH-3, !4, $5 and $6, ~7, :tada: or www.evil.example, "
    "then `run` a | b ::error::no _more_."
)


def render(markdown: str) -> str:
    """HTML, as a reader of GitHub's tables makes it; HTML in it is let through."""
    return str(MarkdownIt("commonmark").enable("table").render(markdown))


def read(page: str) -> str:
    """What is seen of a page, but for its zero-width spaces."""
    return html.unescape(re.sub("<.*?>", "", page, flags=re.DOTALL)).replace("\u200b", "")


def write(name: str, old: str = "", new: str = "", title: str = "") -> None:
    text = SCRIPT.replace("The Sound of One Hand", title) if title else SCRIPT
    Path("scripts", name).write_text(text.replace(old, new) if old else text)


@pytest.fixture
def comment(repository: Call, show_folder: Path, paperledge: Call) -> str:
    """Scripts that were changed, deleted, renamed and added; show.toml and music changed, too."""
    toml = Path("scripts/show.toml")
    toml.write_text(toml.read_text() + '\n[music]\nintro = "intro.wav"\n')
    Path("scripts/intro.wav").write_bytes(b"one")
    write("changed.md", "First: it starts.", "First: it gains 18.18% in 3 runs.", "Changed")
    for name in ("deleted", "renamed"):
        write(f"{name}.md", title=name.capitalize())
    repository("add", "-A")
    repository("commit", "-qm", "More")
    write("changed.md", "First: it starts.", "First: it gains 19.18% in four runs.", "Changed")
    repository("mv", "scripts/renamed.md", "scripts/newly-named.md")
    Path("scripts/deleted.md").unlink()
    Path("scripts/added.txt").write_text(f"---\ntitle: Added\ndate: 2025-10-22\n---\n\n{NASTY}\n")
    toml.write_text(toml.read_text().replace("intro.wav", "other.wav"))
    Path("scripts/other.wav").write_bytes(b"two")
    options = ("--since", "HEAD", "--summary", "comment.md", "--address", ADDRESS)
    ran = paperledge("preview", "scripts", *options)
    assert ran.code == 0, ran.err
    return Path("comment.md").read_text("utf-8")


def test_a_comment_says_what_became_of_every_script(comment: str) -> None:
    assert comment.startswith(f"{MARK}\n")
    page = render(comment)
    rows = [
        [read(cell) for cell in re.findall("<td.*?>(.*?)</td>", row)]
        for row in re.findall("<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    ]
    assert [row[:2] for row in rows] == [
        ["Added", "new"],
        ["Changed", "1 changed, 1 with numbers changed"],
        ["Deleted (was scripts/deleted.md)", "deleted"],
    ]
    text = read(page)
    assert "scripts/renamed.md is now scripts/newly-named.md, and sounds as it did." in text
    assert "music changed: 3 episodes sound different in the intro" in text
    before, after, difference = rows[1][3:6]
    assert re.fullmatch(r"\d:\d\d", before)
    assert re.fullmatch(r"\d:\d\d", after)
    assert difference == "−0.1 s"  # "four" is a letter shorter than "three", 1/16 s


def test_words_that_changed_are_marked_and_numbers_are_named(comment: str) -> None:
    page = render(comment)
    assert "First: it gains <del><b>18.18%</b></del> in <del><b>3</b></del> runs." in page
    assert "First: it gains <ins><b>19.18%</b></ins> in <ins><b>four</b></ins> runs." in page
    assert "numbers changed: 18.18%, 3 → 19.18%, four" in read(page)


def test_every_link_leads_to_a_file_of_the_page(comment: str) -> None:
    links = re.findall('<a href="(.*?)"', render(comment))
    names = [link.removeprefix(f"{ADDRESS}/") for link in links]
    assert names[0] == "index.html"
    assert all(CLIP.fullmatch(name) for name in names[1:])
    assert len(names) == 1 + 2 + 1  # the page, both sides of the change, what was added
    assert all(Path("preview", name).is_file() for name in names)


def test_nothing_in_a_script_is_obeyed(comment: str) -> None:
    page = render(comment)
    assert NASTY in read(page)
    assert set(re.findall(r"<([a-z0-9]+)", page)) <= {
        *("a", "b", "code", "del", "ins", "details", "summary", "h3", "li", "ol", "p", "span"),
        *("strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
    for line in comment.splitlines():
        assert line.lstrip()[:1] not in {"/", ":", "@"}, line  # a quick action, a command
    assert "::error" not in comment
    seen = html.unescape(re.sub("<.*?>", "", page, flags=re.DOTALL))
    assert not re.search(r"@ada|#12|GH-3|!4|~7|:tada|www\.|\$5", seen)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])))
@example("<!-- --> </details> [x](y) ![i](j) <a@b.example> https://evil.example 1. - + # `` &amp;")
@example("- [ ] *a* **b** ~~c~~ {+d+} $`e`$ $$f$$ @g/h &1 %2 ^3 :+1: a\u2028b")
def test_any_text_is_shown_and_no_more(text: str) -> None:
    escaped = escape_text(text)
    page = render(f"- **changed**: {escaped}")
    assert read(page).replace("\u200b", "").split() == (
        f"changed: {text}".replace("\u200b", "").split()
    )
    assert set(re.findall(r"</?([a-z]+)", page)) <= {"ul", "li", "strong", "span"}
    seen = html.unescape(re.sub("<.*?>", "", page))
    assert not re.search(r"[@#!$~%&^:](?=[A-Za-z0-9_])|www\.|://", seen)


@pytest.mark.parametrize("word", ["18.18%", "AgenTracer-8B", "four", "Twenty-one,", "(half)", "½"])
def test_a_number_is_known(word: str) -> None:
    assert is_number(word)


@pytest.mark.parametrize("word", ["the", "often", "—", "tone"])
def test_another_word_is_no_number(word: str) -> None:
    assert not is_number(word)


def big_document(scripts: int, changes: int) -> dict[str, Any]:
    said = {"line": 3, "text": "a *b* " * 30 + "9", "marks": [60], "clip": "0" * 20 + ".mp3"}
    change = {"kind": "changed", "why": [], "same_sound": False, "before": said, "after": said}
    episode = {
        "path": "a.md",
        "title": "A",
        "status": "changed",
        "was": "",
        "problem": None,
        "findings": [],
        "counts": {"changed": changes},
        "changes": [change] * changes,
        "anew_s": 1.0,
        "duration_s": 2.0,
        "duration_before_s": 2.0,
    }
    return {"since": None, "episodes": [episode] * scripts}


@pytest.mark.parametrize(("scripts", "changes"), [(1, 400), (40, 10), (3000, 1)])
def test_a_long_comment_is_cut_and_says_how_much_is_missing(scripts: int, changes: int) -> None:
    links = PageLinks.below(ADDRESS, single=True)
    text = write_summary(big_document(scripts, changes), links)
    assert LONGEST - 2000 < len(text) <= LONGEST
    page = render(text)
    assert page.count("<details") == page.count("</details>")
    shown = page.count("<strong>changed</strong>"), page.count("<tr>") - 1
    *_, last = text.splitlines()
    assert last.startswith("**Cut here, since a comment holds 65,536 characters. Left out: ")
    missing = {kind: int(n) for kind, n in re.findall(r"([a-z ]+): (\d+)", last.split("out:")[1])}
    assert missing.get(" changes and findings", 0) + shown[0] == scripts * changes
    assert missing.get(" episodes", 0) + shown[1] == scripts
    short = write_summary(big_document(1, 3), links)
    assert "Cut here" not in short


def test_an_address_needs_a_summary_and_is_one(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("preview", "scripts", "--address", ADDRESS).code == 2
    ran = paperledge("preview", "scripts", "--summary", "s.md", "--address", "x) [y](z")
    assert (ran.code, "is not a web address" in ran.err) == (2, True)
