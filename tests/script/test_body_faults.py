"""All that is wrong below a header is told at once, each fault with its line and column."""

from __future__ import annotations

import pytest

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.parsing import parse

HEADER = "---\ntitle: T\ndate: 2025-10-21\n---\n"
MARKDOWN = """
| a | b |
| - | - |
| [pause 1s] | ![c](d) |

Fine. [music: sting] And ![one](x.png), <b>two</b>
  and a note[^1] [pause 99s] here.

> Said, %%a remark%% and [sound: chime] again.
>
> > Deeper.

- An item

  with a second paragraph.
- <i>x</i>

[puse 1s]
[music: string]

***

**Emma:**

The end. ![[file]]
"""
PLAIN = """
Fine. [music: sting]
and [pause 99s] here.

[wonder]

  - An item [sound: chime] and {{ blank }}

[pause]
"""


def faults(body: str, name: str) -> list[str]:
    with pytest.raises(ScriptError) as caught:
        parse(HEADER + body, name)
    return [str(one).partition("; ")[0].removeprefix(f"{name}:") for one in caught.value.all]


def test_every_fault_of_a_body_is_told_in_order_and_once() -> None:
    assert faults(MARKDOWN, "x.md") == [
        "6:1: a table can't be read aloud",
        "10:7: [music: sting] stands among words",
        "10:26: an image can't be read aloud",
        "10:41: raw HTML can't be read aloud",
        "10:47: raw HTML can't be read aloud",
        "11:13: a footnote can't be heard",
        "11:18: [pause 99s] is not above 0 and up to 30 seconds",
        "13:1: [sound: chime] stands among words",  # where something was left out: the row's start
        "15:1: a quote inside a quote can't be heard",
        "19:3: a second paragraph inside a list item can't be heard",
        "20:3: raw HTML can't be read aloud",
        "20:7: raw HTML can't be read aloud",
        "22:1: [puse 1s] is not a directive (write \\[ to have it read aloud)",
        "23:1: there is no music 'string'",
        "25:1: a rule can't be heard",
        "27:1: **Emma:** stands alone",
        "29:10: ![[file]]: an embedded file can't be heard",
    ]


def test_every_fault_of_a_plain_body_is_told_too() -> None:
    assert faults(PLAIN, "x.txt") == [
        "6:7: [music: sting] stands among words",
        "7:5: [pause 99s] is not above 0 and up to 30 seconds",
        "9:1: [wonder] stands alone",
        "11:3: [sound: chime] stands among words",
        "11:32: {{ blank }}: a template's blank is not filled in",
        "13:1: [pause] is not a pause",
    ]


@pytest.mark.parametrize("body", ["\n-\n", "\n- a\n-\n- b\n", "\n>\n", "\n##\n", "\n> - \n"])
def test_what_is_empty_or_refused_is_no_reason_for_a_second_fault(body: str) -> None:
    assert len(faults(body, "x.md")) == 1


def test_of_very_many_faults_the_last_says_that_there_are_more() -> None:
    found = faults("\n***\n" * 200, "x.md")
    assert len(found) == 50
    assert found[-1].endswith("has more faults")
