"""The package's errors, one tree below PaperledgeError, and where others become one of them."""

from __future__ import annotations

import difflib
import errno
import re
import reprlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\udc80-\udc9f]"
)
"""The control characters of ASCII and Latin-1, as bytes that are no UTF-8 too, and those of Unicode
that end a line or turn the direction of what follows."""
_BYTES = re.compile("[\udc80-\udcff]+")
"""How Python has bytes that the locale's encoding can't be."""


def escape_controls(text: str) -> str:
    r"""`text` with `\uXXXX` for whatever a terminal obeys and doesn't show.

    JSON and TOML read these escapes.

    >>> escape_controls("a\x1b[31mb\u202ec")
    'a\\u001b[31mb\\u202ec'
    """
    whole = _BYTES.sub(
        lambda m: m[0].encode("ascii", "surrogateescape").decode("utf-8", "surrogateescape"), text
    )
    return _OBEYED.sub(lambda m: f"\\u{ord(m[0]):04x}", whole)


class PaperledgeError(Exception):
    """One line for a person, and the same facts as fields for a program.

    `what` is wrong, `remedy` says what to do about it; `path`, `line` and `column` (from 1) and
    `segment` (index from 0) say where; an empty path, line 0 and column 0 are none. `others` are
    further errors of the same file, see `raise_first`; `notes` are lines about what was done all
    the same.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        what: str,
        remedy: str = "",
        *,
        path: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        segment: int | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.path = str(path) if path else None
        self.line = line or None
        self.column = column or None
        self.segment = segment
        self.others: tuple[PaperledgeError, ...] = ()
        self.notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """`scripts/x.md:12: what is wrong; what to do`, one line, no control characters."""
        place = self.path or ""
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
            place = f"{place}:{self.column}" if self.column is not None else place
        text = "; ".join(part for part in (self.what, self.remedy) if part)
        return escape_controls(" ".join(f"{place}: {text}".split() if place else text.split()))

    @property
    def all(self) -> tuple[PaperledgeError, ...]:
        """This one, and its others."""
        return (self, *self.others)

    def located(self, **fields: Any) -> Self:
        """A copy with other `path`, `line`, `what`, `others` or the like; this one stays as is.

        Raise it `from` the error, so that `--debug` shows the cause.
        """
        for name in {"path", "line", "column"} & fields.keys():
            fields[name] = fields[name] or None
        copy = _rebuild(type(self), self.args, {**self.__dict__, **fields})
        return cast("Self", copy)

    def facts(self) -> dict[str, Any]:
        """Where and what, for a program."""
        names = ("path", "line", "column", "what", "remedy")
        return {name: getattr(self, name) for name in names}

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with every field, so that an error crosses a process boundary whole."""
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(
    kind: type[PaperledgeError], args: tuple[object, ...], fields: dict[str, object]
) -> PaperledgeError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


class ScriptError(PaperledgeError):
    """An episode script, a saved show page or its metadata is at fault."""


class SpokenError(PaperledgeError):
    """A piece of text that no rule can say."""


class ShowError(PaperledgeError):
    """show.toml, or a file that it names, is at fault."""


class VoiceError(PaperledgeError):
    """A voice profile or a voice pack is at fault."""


class EngineError(PaperledgeError):
    """A speech engine could not speak a segment."""


class SoundError(PaperledgeError):
    """A sound file or a clip can't be used."""


class TakeError(PaperledgeError):
    """The store of takes can't be read or written."""


class StoreError(TakeError):
    """A store can't be asked for takes, or can't keep them."""


class ClusterError(PaperledgeError):
    """A cluster can't be reached, or its workers can't do this work."""


class WorkerError(ClusterError):
    """A worker, whose address is the path, would make other bytes than the others, or keep none."""


class MasterError(PaperledgeError):
    """A loudness target can't be met without harming the sound."""


class DeliveryError(PaperledgeError):
    """An output can't be written, or is not what it should be."""


class HistoryError(PaperledgeError):
    """No git repository, or one without the version that was asked for."""


class UsageError(PaperledgeError):
    """Options that don't go together."""

    exit_code = 2


class MissingError(PaperledgeError):
    """This machine lacks something; `command` is what adds it."""

    exit_code = 3

    def __init__(self, what: str, command: str, *, path: Path | str | None = None) -> None:
        super().__init__(what, f"run: {command}", path=path)
        self.command = command


def raise_first(errors: Sequence[PaperledgeError]) -> None:
    """Raise the first of `errors`, if there is one, with the rest as its `others`.

    So one line can be printed, and everything that is wrong can be listed.
    """
    if errors:
        first, *others = errors
        raise first.located(others=tuple(others)) from first


_BRIEF = reprlib.Repr()
_BRIEF.maxstring = _BRIEF.maxother = 100


def brief(value: object) -> str:
    r"""What a file holds, as an error shows it: in Python's writing, cut where it is long or deep.

    >>> brief("a\x1b"), brief([[1, 2, 3, 4, 5, 6, 7]])
    ("'a\\x1b'", '[[1, 2, 3, 4, 5, 6, ...]]')
    """
    return _BRIEF.repr(value)


NAMED = 20
"""The most known words that an error names."""


def suggest(word: str, known: Iterable[str]) -> str:
    """A remedy: the known word nearest to `word`, else a list of known words."""
    names = sorted(known)
    if close := difflib.get_close_matches(word, names, n=1):
        return f"did you mean {close[0]!r}?"
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"choose from: {', '.join(names[:NAMED]) or 'none'}{more}"


@contextmanager
def locate_errors(**place: Any) -> Iterator[None]:
    """Give our errors from inside a `path`, `line` or `segment`, as far as they have none."""
    try:
        yield
    except PaperledgeError as error:
        missing = {name: value for name, value in place.items() if getattr(error, name) is None}
        if not any(missing.values()):
            raise
        raise error.located(**missing) from error


LONGEST_REASON = 300
"""Characters of what a library says of itself, in an error."""


def reason(problem: BaseException) -> str:
    """What the system or a library says is wrong: one line, never empty and never endless."""
    said = problem.strerror if isinstance(problem, OSError) else str(problem)
    name = type(problem).__name__
    if isinstance(problem, LookupError | TypeError | AttributeError):
        said = f"{name}: {said}"  # a name alone tells nobody anything
    return " ".join(str(said or problem).split())[:LONGEST_REASON] or name


def _lacks_memory(error: BaseException) -> bool:
    """Whether it is memory that is missing, also for a library's code (man 3 dlopen)."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    unmapped = isinstance(error, ImportError) and "failed to map segment" in str(error)
    return isinstance(error, MemoryError) or unmapped


def explain(error: BaseException) -> PaperledgeError:
    """What to say of an error that was not mapped; it may be any."""
    if isinstance(error, PaperledgeError):
        return error
    code = error.errno if isinstance(error, OSError) else None
    if _lacks_memory(error):
        return MissingError(
            "there is too little memory", "ulimit -v unlimited, or use a larger machine"
        )
    if code in {errno.EMFILE, errno.ENFILE}:
        return MissingError("too few files may be open at once", "ulimit -n 1024")
    if isinstance(error, OSError):
        return PaperledgeError(
            reason(error), "check that it exists and is accessible", path=error.filename
        )
    what = f"unexpected error: {type(error).__name__}: {error}"
    return PaperledgeError(what, "run again with --debug and report it")


@contextmanager
def map_errors(
    error: type[PaperledgeError],
    what: str,
    remedy: str = "",
    *,
    foreign: tuple[type[Exception], ...] = (OSError,),
    **place: Any,
) -> Iterator[None]:
    """Raise an OSError, or a `foreign` error, from inside as an `error`: `what`, and its reason.

    Our own errors always pass. `place`: the error's `path`, `line` and `segment`.
    tests/test_doors.py lists which library's errors are mapped where.
    """
    try:
        yield
    except (PaperledgeError, MemoryError):
        raise
    except foreign as problem:
        if _lacks_memory(problem):
            raise explain(problem) from problem
        raise error(f"{what}: {reason(problem)}", remedy, **place) from problem
