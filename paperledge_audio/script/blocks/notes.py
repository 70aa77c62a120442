"""Notes and layout marks of other editors, which aren't meant to be heard.

What its writer keeps from readers (`%%…%%`, `<!-- -->`, `// TODO`, `~~struck~~`) and marks for
layout (`{#id}`, `:::`, `- [ ]`, `> [!NOTE]`) are left out and noted; `[[Page|shown]]` and
`==marked==` are understood; an embedded file and a template's blank are errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import ScriptError, raise_first
from paperledge_audio.script.blocks.formula import FORMULA
from paperledge_audio.script.model import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable

_LITERALS = (
    r"\\[!-/:-@\[-`{-~]",
    r"(?<!`)(?P<ticks>`++)(?:[^`]++|`++){1,50}?(?<!`)(?P=ticks)(?!`)",
    rf"(?:{FORMULA.pattern})",
)
"""An escaped sign, code and formulas, which hold no marks."""
_LEFT_OUT = {
    # what it is: its pattern
    "a comment": r"(?<![%\d])%%(?!%)(?:[^%]++|%(?!%))++%%(?!%)"
    r"|<!--(?:[^-<]++|-(?!->)|<(?!!--))*+-->",
    "a remark": r"^[ \t]*//(?!/)[^\n]*"
    r"|(?<=\s)//[ \t]{0,9}(?:TODO|FIXME|XXX|HACK|NOTE)\b[^\n]*",
    "struck text": r"(?<!~)~~(?=[^\s~])(?:[^~\n]++|\n(?!\n)|~(?!~))++(?<=\S)~~(?!~)",
    "a container's mark": r"^[ \t]*:{3,}[^\n]*$",
    "an attribute": r"(?<![ \t])[ \t]*+(?<!\{)\{[#.][A-Za-z][^{}\n]{0,200}\}",
}
_REFUSED = {
    "an embedded file can't be heard": r"!\[\[[^\[\]\n]{1,200}\]\]",
    "a template's blank is not filled in": r"\{\{[^{}\n]{0,200}\}\}|\{%[^%{}\n]{0,200}%\}",
    "a comment is not closed": r"(?<![%\d])%%(?![%\d])|<!--",
}
_UNDERSTOOD: tuple[tuple[str, str, Callable[[re.Match[str]], str]], ...] = (
    # what is left out of it, its pattern, what stays
    (
        "a callout's kind",
        r"^(?P<margin>[ \t]*>[ \t]*+)\[![A-Za-z][\w-]{0,30}\][+-]?[ \t]*+(?P<heading>[^\n]*)",
        lambda match: match["margin"] + _close_heading(match["heading"].strip()),
    ),
    (
        "a task's box",
        r"^(?P<bullet>[ \t]*[-+*][ \t]+)\[[ xX]\][ \t]+(?=\S)",
        lambda match: match["bullet"],
    ),
    (
        "",
        r"\[\[(?P<page>[^\[\]|\n]{1,200})(?:\|(?P<shown>[^\[\]\n]{1,200}))?\]\]",
        lambda match: match["shown"] or match["page"].split("#")[0] or match["page"].lstrip("#"),
    ),
    (
        "",
        r"(?<![=\w])==(?=[^\s=])(?P<marked>(?:[^=\n]++|\n(?!\n)|=(?!=))++)(?<=\S)==(?![=\w])",
        lambda match: match["marked"],
    ),
)
_MARKS = re.compile(
    "|".join(
        [f"(?P<literal>{'|'.join(_LITERALS)})"]
        + [f"(?P<left{index}>{pattern})" for index, pattern in enumerate(_LEFT_OUT.values())]
        + [f"(?P<refused{index}>{pattern})" for index, pattern in enumerate(_REFUSED.values())]
        + [f"(?P<known{index}>{pattern})" for index, (_, pattern, _) in enumerate(_UNDERSTOOD)]
    ),
    re.MULTILINE,
)
_DEEPEST = 4
"""How deep marks may stand inside each other."""
_SHOWN = 40
"""Characters of a note that a message shows."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What a body holds that isn't meant to be heard."""

    text: str
    """The body without it, as many lines as before."""
    left_out: tuple[LeftOut, ...]
    faults: tuple[ScriptError, ...]
    """What can be neither heard nor left out; an ellipsis stands for it in the text."""


def leave_out_notes(text: str) -> str:
    r"""The text without what isn't meant to be heard. A backslash keeps a mark: `\%%`.

    Raises ScriptError, with the line, for what can be neither heard nor left out.

    >>> leave_out_notes("It ==works==. %%Check this.%%")
    'It works. '
    """
    notes = find_notes(text)
    raise_first(notes.faults)
    return notes.text


def find_notes(body: str, *, above: int = 0, path: str = "") -> Notes:
    """Find the notes of a body; `above` is the number of lines above it in the file `path`."""
    notes: list[LeftOut] = []
    faults: list[ScriptError] = []

    def read(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        line = above + 1 + match.string.count("\n", 0, match.start())
        shown = " ".join(match[0].split())[:_SHOWN]
        number = int(re.sub(r"\D", "", kind) or 0)
        if kind.startswith("left"):
            notes.append(LeftOut(list(_LEFT_OUT)[number], shown, line))
            return "\n" * match[0].count("\n")
        if kind.startswith("refused"):
            what = list(_REFUSED)[number]
            sign = re.sub(r"^([^\w\s])", r"\\\1", shown)[:3]
            fault = ScriptError(
                f"{shown}: {what}",
                f"remove it, or write {sign} to have it read",
                path=path,
                line=line,
                column=match.start() - match.string.rfind("\n", 0, match.start()),
            )
            faults.append(fault)
            return "…"
        what, _, keep = _UNDERSTOOD[number]
        if what:
            notes.append(LeftOut(what, shown, line))
        return keep(match)

    for _ in range(_DEEPEST):
        text = _MARKS.sub(lambda m: m[0] if m["literal"] else read(m), body)
        if text == body:
            break
        body = text
    else:
        what = "notes stand inside notes"
        faults.append(ScriptError(what, "write them more plainly", path=path, line=above + 1))
    return Notes(text, tuple(sorted(notes, key=lambda note: note.line)), tuple(faults))


def _close_heading(heading: str) -> str:
    """A callout's heading, which its text follows at once."""
    return heading if not heading or heading[-1] in ".:!?…" else f"{heading}:"
