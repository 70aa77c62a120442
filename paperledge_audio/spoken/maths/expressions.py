"""Finds formulas that are written among words without dollar signs: "p(y|x)", "n−1", "‖x‖₂"."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.script.printed import signs
from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.maths import shapes
from paperledge_audio.spoken.maths.words import say_formula

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Context, Saying


class _Finder:
    """One attempt to read a formula; `signs` are the reasons to believe that it is one."""

    def __init__(self, text: str, end: int) -> None:
        self.text, self.end, self.depth = text, end, 0
        self.in_bars = self.in_brackets = False
        self.reasons: set[str] = set()

    def sum(self, start: int) -> int:
        """Where the values between operators end that start here; -1 if there is none."""
        place = self.value(start)
        if place >= 0 and self.depth and shapes.SPACED_NAME.match(self.text, place + 1, self.end):
            place = self.product(start)  # "√(T log n)"
        left = start
        while place >= 0 and (operator := shapes.OPERATOR.match(self.text, place, self.end)):
            after = self.value(operator.end())
            article = self.text[left : operator.start()] in {"a", "A"}  # "a −3 dB cut"
            if article and operator[0][0].isspace() and not operator[0][-1].isspace():
                break
            if after < 0 or not self.accepts(operator, left, after):
                break
            left, place = operator.end(), after
        return place

    def accepts(  # noqa: PLR0911 - a case each
        self, operator: re.Match[str], left: int, end: int
    ) -> bool:
        """Whether a sign is an operator between the values beside it."""
        before, after = self.text[left : operator.start()], self.text[operator.end() : end]
        sign = operator["sign"] or "-"
        letters = [side for side in (before, after) if len(side) == 1 and side.isalpha()]
        if sign == "/":
            return self.divides(before, after, equated=self.is_equated(left, end))
        if sign == "*":
            return operator[0] == "*" or before[-1:] in {")", "]"}
        if sign == "-" and {"a", "I", "A"}.intersection(letters):
            return False
        if sign in "±∓∪∩∖∘⊗⊕⊙":
            return True
        numbers = before.isdecimal() + after.isdecimal()
        if sign == "-" and "hyphen" not in operator[0]:
            spaced = operator[0] == " - "
            indexed = "_" in before
            small = before[-1:].islower() or before == "N" or before[-1:] in ")}" or "^" in before
            equated = numbers == 2 and shapes.RELATION.match(self.text, end)
            raised = before[:1].isdecimal() and re.search(rf"\^|[{shapes.RAISED}]", before)
            meant = (indexed or small) and (spaced or indexed or after.isdecimal())
            if not (equated or raised or (numbers < 2 and meant)):
                return False
            long = len(after) > 3 and not indexed
            if not spaced and (long or self.text[end : end + 1] == "-"):
                return False
        elif numbers == 2 and not shapes.GOES_ON.match(self.text, end):
            return False
        if sign in "-−":
            self.reasons.add("minus")
        return True

    def is_equated(self, start: int, end: int) -> bool:
        """Whether a sign of equality stands beside what is between the two places."""
        if shapes.RELATION.match(self.text, end):
            return True
        return bool(shapes.EQUATED.search(self.text[max(start - 3, 0) : start]))

    def divides(self, before: str, after: str, *, equated: bool) -> bool:  # noqa: PLR0911
        """Whether a slash is a division; `equated` if the quotient equals something."""
        pair = f"{before}/{after}"
        if after == "d" and before == "χ²":
            return False  # degrees of freedom, "d.o.f."
        if pair.lower() in shapes.NOT_OVER or re.match(r"\stest", self.text[self.end :][:5]):
            return False
        plain = [side for side in (before, after) if len(side) == 1 and side.isalpha()]
        if before == "f" and after[0].isdecimal():
            return False  # the aperture of a lens
        if before.isdecimal() and (after.isdecimal() or after in "smhgdlkb"):
            return False
        if equated and plain:
            self.reasons.add("over")
            return True
        if before in {"a", "I"} and after == "b":
            return not self.text.startswith(" test", self.text.find(pair) + 3)
        if len(plain) == 2 and (plain[0].isupper() or plain[1].isupper()):
            return False
        marked = "_" in after or not (before + after).isascii() or " " in before
        numbered = after.isdecimal() and before in set("CNTKMHWLD")
        if plain and plain[0].isupper() and not marked and not numbered:
            return False
        self.reasons.add("over")
        return True

    def value(self, start: int) -> int:
        """Where the value that starts here ends; -1 if there is none."""
        self.depth += 1
        place = self.atom(start) if self.depth <= shapes.DEEPEST else -1
        if place >= 0 and not self.in_bars and self.text[place : place + 1] in {"‖", "√", "∇", "∂"}:
            factor = self.value(place)  # "λ‖x‖"
            place = place if factor < 0 else factor
        self.depth -= 1
        return place

    def atom(self, start: int) -> int:  # noqa: PLR0911 - a case each
        text, end = self.text, self.end
        if text[start : start + 1] in {"-", "−"} and not text[start + 1 : start + 2].isspace():
            start += 1
        if text[start : start + 1] == "√":
            self.reasons.add("root")
            return self.value(start + 1)
        if big := shapes.BIG.match(text, start, end):
            self.reasons.add("bounds")
            return self.product(self.scripts(big.end()))
        if bars := shapes.BARS.match(text, start, end):
            return self.fence(bars)
        if text[start : start + 1] == "(":
            return self.beside(self.scripts(self.bracket(start)))
        if name := shapes.SPACED_NAME.match(text, start, end):
            return self.value(name.end())
        if named := shapes.NAMED.match(text, start, end):
            return self.call(start, named.end())
        if number := shapes.NUMBER.match(text, start, end):
            return self.number(self.scripts(number.end()))
        return self.variable(start)

    def number(self, place: int) -> int:
        """Where a number that ends at `place` ends with its factor: "2π", "0.5(x − y)"."""
        text, end = self.text, self.end
        if shapes.ADDED.match(text, place, end) and (close := self.bracket(place)) >= 0:
            self.reasons.add("product")
            return self.scripts(close)
        if shapes.VARIABLE.match(text, place, end) or shapes.PRODUCT.match(text, place, end):
            return self.variable(place)
        return place if not text[place : place + 1].isalpha() else -1

    def beside(self, place: int) -> int:
        """Where a variable ends that stands behind a bracket with an exponent, as in "(AB)⁻¹C"."""
        raised = place > 0 and self.text[place - 1] in shapes.RAISED
        if raised and shapes.VARIABLE.match(self.text, place, self.end):
            return self.variable(place)
        return place

    def product(self, start: int) -> int:
        """Where the values end that stand side by side from here: "pᵢ log pᵢ", "x² dx"."""
        place = after = self.value(start + self.text.startswith(" ", start))
        while after >= 0:
            place, following = after, after + self.text.startswith(" ", after)
            name = shapes.SPACED_NAME.match(self.text, following, self.end)
            following = name.end() if name else following
            letter = self.text[following : following + 1]
            plain = letter in {"a", "A", "I"} and self.text[following + 1 : following + 2] == " "
            is_value = letter.isalpha() and not plain
            after = self.value(following) if is_value else -1
        return place

    def variable(self, start: int) -> int:
        """Where a variable or a product of two ends, with its scripts and its bracket."""
        text, end = self.text, self.end
        if product := shapes.PRODUCT.match(text, start, end):
            place = self.scripts(product.end(), product[0])
            summed = shapes.SUMMED.match(text, place, end) or shapes.SUMMED.match(
                text, max(start - 3, 0)
            )
            counted = text[start - 1 : start] in shapes.FACTORS
            factors = self.in_brackets and (product[0].isupper() or not product[0].isascii())
            indexed = shapes.INDEX.match(text, place)
            if place > product.end() or self.in_bars or summed or counted or factors or indexed:
                self.reasons.update({"product"} if summed else ())
                if indexed:
                    return self.call(place - 1, place)
                goes_on = place > product.end() and shapes.VARIABLE.match(text, place, end)
                return self.variable(place) if goes_on else place
        variable = shapes.VARIABLE.match(text, start, end)
        if not variable:
            return -1
        place = variable.end()
        if any(mark in signs.ACCENTS for mark in unicodedata.normalize("NFD", variable[0])):
            self.reasons.add("accent")
        if variable[0][0] in "∇∂":
            self.reasons.add("derivative")
        bare, place = place, self.scripts(place, variable[0])
        joined = place > bare or "accent" in self.reasons
        if joined and (
            shapes.VARIABLE.match(text, place, end) or shapes.PRODUCT.match(text, place, end)
        ):
            return self.variable(place)  # "wᵀx"
        return self.call(start, place) if text[place : place + 1] in {"(", "["} else place

    def scripts(self, place: int, name: str = "") -> int:
        """Where the subscripts and superscripts end that start here."""
        while place >= 0 and (script := shapes.SCRIPT.match(self.text, place, self.end)):
            if script["factorial"] and not (name in set("nkmrx") or self.text[place - 1] in ")|"):
                break
            if script["dagger"] and not (name and shapes.DAGGERED.fullmatch(name)):
                break
            if script["star"] and name in {"a", "I"}:
                break
            if script["quote"] and not (name and self.is_prime(script, place - len(name))):
                break
            plain = script["low"] and re.fullmatch("[₀-₉]+", script["low"])
            if not plain and (name or script["raised"] is None):
                self.reasons.add("script")
            place = script.end()
        return place

    def is_prime(self, script: re.Match[str], start: int) -> bool:
        """Whether a quotation mark is a prime: of a variable from `start` that equals something."""
        if self.in_brackets:
            return True
        quoted = self.text[start - 1 : start] in {"'", "‘"}
        return not quoted and bool(shapes.RELATION.match(self.text, script.end()))

    def call(self, start: int, opening: int) -> int:
        """Where a function's bracket ends; where its name does if the bracket is no part of it."""
        text = self.text
        reasons = set(self.reasons)
        place = self.bracket(opening)
        name, content = text[start:opening], text[opening + 1 : place - 1]
        bare = name.partition("_")[0].rstrip(shapes.LOWERED)
        is_index = len(name) < 3 and shapes.INDEX.match(text, opening)
        if place < 0 or (text[opening] == "[" and bare not in shapes.EXPECTATIONS and not is_index):
            self.reasons = reasons
            return opening if len(name) < 3 else -1
        digits = content.replace(" ", "").replace(".", "").isdecimal()
        if (name in {"a", "A", "I"} and not shapes.ARGUMENTS.fullmatch(text[opening:place])) or (
            digits and not shapes.RELATION.match(text, place) and len(name) == 1
        ):
            self.reasons = reasons
            return opening
        self.reasons.add("call")
        place = self.scripts(place)
        if shapes.VARIABLE.match(text, place, self.end) and text[place - 1] == ")":
            return self.variable(place)  # "softmax(A)V"
        return place

    def bracket(self, opening: int) -> int:
        """Where the bracket that opens here ends; -1 unless it holds values."""
        outside, self.in_brackets = self.in_brackets, True
        place = self.items(opening + 1)
        self.in_brackets = outside
        closing = shapes.CLOSING[self.text[opening]]
        return place + 1 if place >= 0 and self.text[place : place + 1] == closing else -1

    def items(self, start: int) -> int:
        place = self.sum(start)
        while place >= 0 and (between := shapes.BETWEEN.match(self.text, place, self.end)):
            after = self.sum(between.end())
            if after < 0:
                return place
            place = after
        return place

    def fence(self, bars: re.Match[str]) -> int:
        outside, self.in_bars = self.in_bars, True
        place = self.sum(bars.end())
        self.in_bars = outside
        if place < 0 or not self.text.startswith(bars[0], place):
            return -1
        self.reasons.add("bars")
        return self.scripts(place + len(bars[0]), "‖")


def _brace_charge(star: re.Match[str]) -> str:
    return f"^{{*{unicodedata.normalize('NFKC', star[1])}}}"


def say_expression(match: re.Match[str], _context: Context) -> Saying:
    """The longest formula that starts with the match, if anything shows that it is one."""
    text, start = match.string, match.start()
    finder = _Finder(text, min(match.endpos, start + shapes.LONGEST))
    end = finder.sum(start)
    if end < 0 or not finder.reasons or re.match(r"[^\W_]|_", text[end : end + 1]):
        return None
    printed = text[start:end]
    source = shapes.NAMED_BELOW.sub(lambda low: rf"_\text{{{low[1]}}}", printed)
    source = shapes.BRACKET_ABOVE.sub(r"^{\1}", source)
    source = shapes.PAIR_BELOW.sub(r"_{\1}", source)
    source = shapes.SIGMA.sub(lambda sign: shapes.LARGE[sign[0]], source)
    source = shapes.PAIRS.sub(r"_{\1\2}", source)
    source = shapes.CHARGED_STAR.sub(_brace_charge, source)
    source = re.sub("(?<=[‖∥])∞", "_∞", source.translate(shapes.PRIMES))
    source = shapes.NAMED.sub(lambda name: rf"\operatorname{{{name[0]}}}", source)
    words = say_formula(shapes.STAR.sub("^*", source))
    return name_letters(printed, words, "formula") if words else None
