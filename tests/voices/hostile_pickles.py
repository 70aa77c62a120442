"""Pickles that somebody made to do harm, in the place where PyTorch's own would be."""

from __future__ import annotations

import struct

STORAGE = b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuJ\0\xfe\x01\0tQ"
"""A reference to 510 × 256 values in data/0."""
SHAPE, STRIDES = b"M\xfe\x01K\x01M\0\x01\x87", b"M\0\x01M\0\x01K\x01\x87"
REBUILD = b"ctorch._utils\n_rebuild_tensor_v2\n"
DEEP = 200_000


def integer(value: int) -> bytes:
    return b"J" + struct.pack("<i", value)


def text(value: bytes) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value


def sides(*values: int) -> bytes:
    return b"(" + b"".join(map(integer, values)) + b"t"


def tensor(
    storage: bytes = STORAGE, start: bytes = b"K\0", shape: bytes = SHAPE, strides: bytes = STRIDES
) -> bytes:
    """The pickle of a tensor, with the parts given."""
    rest = b"\x89ccollections\nOrderedDict\n)Rt"
    return b"\x80\x02" + REBUILD + b"(" + storage + start + shape + strides + rest + b"R."


def laughing(levels: int) -> bytes:
    """A tuple of two equal tuples, each of two equal ones: 2^levels to whoever counts them."""
    return b")q\0" + b"".join(b"h%ch%c\x86q%c" % (i, i, i + 1) for i in range(levels))


KEYED = b"K\1s."
"""Makes what is above a dictionary a key in it."""

PICKLES: dict[str, tuple[bytes, str]] = {
    "a key nested deep": (b"}" + b")" + b"\x85" * DEEP + KEYED, "longer than its tensors need"),
    "a tuple nested deep": (b")" + b"\x85" * DEEP + b".", "longer than its tensors need"),
    "lists nested deep": (b"]" * DEEP + b"a" * (DEEP - 1) + b".", r"more than list tensors \(EMP"),
    "marks nested deep": (b"(" * DEEP + b"t" * DEEP + b".", "longer than its tensors need"),
    "a key of 2^31 parts": (b"}" + laughing(31) + KEYED, "uses twice"),
    "a shape of 2^25 parts": (tensor(shape=laughing(25)), "uses twice"),
    "a value of 2^28 parts": (b"}" + text(b"a") + laughing(28) + b"s.", "uses twice"),
    "a doubled key": (b"})" + b"2\x86" * 40 + KEYED, r"more than list tensors \(DUP"),
    "a memory of 2^31 places": (b")r\xff\xff\xff\x7f.", "counts past its own length"),
    "a number of 2 GB": (b"\x8b\xff\xff\xff\x7f.", "long4"),
    "a long number": (b"\x8b" + struct.pack("<i", 99_999) + b"\1" * 99_999 + b".", r"\(LONG4"),
    "a number in digits": (b"L" + b"9" * 400_000 + b"L\n.", "limit"),
    "bytes of an exabyte": (b"\x8e" + struct.pack("<Q", 1 << 60) + b".", "bytes in a bytes8"),
    "a text of 4 GB": (b"X\xff\xff\xff\xff.", "4294967295 bytes"),
    "a frame of an exabyte": (b"\x95" + struct.pack("<Q", 1 << 60) + b".", r"\(FRAME"),
    "no end": (b"\x80\x02", "pickle exhausted"),
    "nothing on the stack": (b"R.", "listing is damaged"),
    "no mark": (b")t.", "listing is damaged"),
    "an unknown protocol": (b"\x80\xff).", "unsupported pickle protocol"),
    "a call": (b"cos\nsystem\n" + text(b"false") + b"\x85R.", "names 'os.system', which is no"),
    "a call by INST": (b"(" + text(b"false") + b"ios\nsystem\n.", r"\(INST"),
    "a call by OBJ": (b"(cos\nsystem\n" + text(b"false") + b"o.", r"\(OBJ"),
    "a call by NEWOBJ": (b"cos\nsystem\n" + text(b"false") + b"\x85\x81.", r"\(NEWOBJ"),
    "a name from the stack": (b"\x8c\2os\x8c\6system\x93.", r"\(SHORT_BINUNICODE"),
    "a name of the package's": (b"cpaperledge_audio.files\nreplaced\n.", "is not part of a tensor"),
    "a name within a name": (
        b"ctorch._utils\n_rebuild_tensor_v2.__init__\n.",
        "is not part of a t",
    ),
    "a name that moves the cursor": (b"cos\n\x1b[2Jsystem\n.", r"names 'os.\\x1b\[2Jsystem'"),
    "an extension": (b"\x82\1.", r"\(EXT1"),
    "a changed record": (REBUILD + b")}" + text(b"a") + b"K\1s\x86b.", "listing is damaged"),
    "hooks that are called": (b"ccollections\nOrderedDict\nK\1\x85R.", "listing is damaged"),
    "a kind that is called": (b"ctorch\nFloatStorage\n)R.", "listing is damaged"),
    "a tensor of nothing": (REBUILD + b")R.", "listing is damaged"),
    "a reference to nothing": (b")Q.", "listing is damaged"),
    "a dictionary without names": (b"}K\1" + tensor()[2:-1] + b"s.", "have names"),
    "a number": (b"K\1.", "something else than tensors"),
    "a name alone": (REBUILD + b".", "something else than tensors"),
    "values that are none": (tensor(storage=b")"), "a tensor has no values"),
    "values of objects": (
        tensor(STORAGE.replace(b"ctorch\nFloatStorage\n", text(b"O8"))),
        "a tensor has no values",
    ),
    "values of integers": (tensor(STORAGE.replace(b"Float", b"Int")), "unknown kind"),
    "values in another file": (
        tensor(STORAGE.replace(text(b"0"), text(b"/etc/passwd"))),
        "it holds no 'pack/data//etc/passwd'",
    ),
    "values above": (
        tensor(STORAGE.replace(text(b"0"), text(b"../data.pkl"))),
        r"it holds no 'pack/data/\.\./data.pkl'",
    ),
    "more values than there are": (
        tensor(STORAGE.replace(integer(130560), integer(2**31 - 1))),
        "522240 bytes of values",
    ),
    "less than no values": (tensor(STORAGE.replace(integer(130560), integer(-1))), "522240 bytes"),
    "a start behind the values": (tensor(start=integer(1)), "outside its values"),
    "a start before the values": (tensor(start=integer(-1)), "outside its values"),
    "a start that is a text": (tensor(start=text(b"0")), "outside its values"),
    "a side below 0": (tensor(shape=sides(-510, -1, 256)), "shape is damaged"),
    "a side that is true": (tensor(shape=b"M\xfe\x01\x88M\0\1\x87"), "shape is damaged"),
    "sides that overflow": (
        tensor(shape=sides(*[2**31 - 1] * 4), strides=sides(1, 1, 1, 1)),
        "outside its values",
    ),
    "a step below 0": (tensor(strides=sides(-256, 256, 1)), "shape is damaged"),
    "a step of 0": (tensor(strides=sides(0, 0, 0)), "don't lie in order"),
    "a step too far": (tensor(strides=sides(2**31 - 1, 256, 1)), "don't lie in order"),
    "fewer steps than sides": (tensor(strides=sides(256)), "shape is damaged"),
    "forty sides": (tensor(shape=sides(*[1] * 40), strides=sides(*[1] * 40)), "it holds 1 × 1"),
}
"""A pickle, and why it is refused."""
