"""Pieces of text and of files that have hurt a reader somewhere, by the kind of file."""

from __future__ import annotations

import struct

ANY = (
    b"\0", b"\x07", b"\x1b]0;x\x07", b"\x1b[2J", b"\r", b"\n", b"\t", b"\x0b", b"\x85", b"\xc2\x85",
    b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\xe2\x80\xae",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80", b"e\xcc\x81\xcc\x81", b"\xef\xb7\x90",
    b"::error::x", b"\n::error::x\n", b"[red]", b"[/]", b"{data}", b"%s%n", b"${x}", b"$(x)",
    b"</script>", b"../../x", b"/etc/passwd", b"//x", b"\\\\x", b"CON", b"a" * 300, b"9" * 5000,
    b"-1", b"0", b"1e400", b"nan", "²".encode(), "①".encode(), "٣".encode(), "一".encode(),
    "ſ".encode(), "İ".encode(), "ß".encode(),
)  # fmt: skip
"""Of any text."""

MARKDOWN = (
    *ANY, b"# ", b"## ", b"> ", b"- ", b"1. ", b"    ", b"---\n", b"***", b"**Emma:** ", b"**: **",
    b"_", b"*", b"~", b"`", b"```\n", b"|a|b|\n|-|-|\n", b"<div>", b"<!--", b"![a](b)", b"[a](b)",
    b"[a](/kw\xc9\x9bn/)", b'[a](say: "b")', b"[", b"](", b"[pause 1.5s]", b"[pause 1e9s]",
    b"[pause -1s]", b"[pause 99999999s]", b"[music: bed]", b"[music: x]", b"$x^{2}_{i}$", b"$$",
    b"\\frac{1}{", b"\\sqrt", b"{", b"}", b"\\", b"&#x110000;", b"&amp;", b"&#0;", b"1:1:1:",
    b"1:30", b"25:61", b"1,000,000.00", b"1.2.3", b"1e308", b"10^9999", b"1/0", b"1/2/3", b"$5",
    b"18.18%", b"5s", b"Length: 5s", b"say:", b"GPT-4o", b"AgenTracer-8B", b"XVII", b"MMMM",
    b"\xce\xb1", b"\xce\xb1\xce\xb2", b"https://a.b/c?d=e", b"a@b.c", b"www.", b".", b"...",
    b"\xe2\x80\xa6", b"\xe2\x80\x94", b"'", b'"', b"'s", b"-", b"+", b"=", b"Dr. ", b"et al. ",
    b"Credit to Paper authors: ", b"a, b, and ", b"Fig. 1", b"arXiv:2501.00001", b"2025-02-30",
    b"\xc2\xbd", b"\xe2\x88\x9e", b"\xe2\x82\xac5", b"5 km/h", b"H2O", b"x2", b"&", b"A.I.",
    b"a.b.c.d", b"HTTP/2", b"C++", b"#1",
)  # fmt: skip

YAML = (
    *ANY, b"!!timestamp 0", b"!!timestamp x", b"!!bool x", b"!!bool", b"!!int x", b"!!int 1:1:1",
    b"!!float x", b"!!binary x", b"!!set {a}", b"!!omap [a]", b"!!pairs [a]", b"!!null x", b"!!str",
    b"!!map x", b"!!seq x", b"!!python/object/apply:os.system [x]", b"!", b"!!", b"!<x>", b"! a",
    b"&a ", b"*a", b"<<: *a\n", b"<<: [{a: b}]\n", b"? ", b"? [a]\n: b\n", b": ", b"- ", b"-", b"[",
    b"{", b"}", b"]", b",", b"|", b">", b"|99", b">-\n", b"%YAML 9.9\n", b"%TAG ! x\n", b"---\n",
    b"...\n", b'"\\U99999999"', b'"\\UD800"', b'"\\ud800"', b'"\\xZZ"', b'"\\', b"'", b"#", b"@",
    b"`", b"2025-13-45", b"0000-00-00", b"2025-10-21T99:99:99", b"2025-10-21 00:00:00.5 +99:99",
    b"9999-12-31", b"1:1:1", b"0b1", b"0x1F", b"0o7", b"07", b"1_0", b".inf", b"-.inf", b".nan",
    b"~", b"null", b"yes", b"true", b"=", b"<<", b"title: x\n", b"voice: ../x\n", b"a: {b: [c]}\n",
)  # fmt: skip

TOML = (
    *ANY, b"[", b"[[a]]\n", b"[a.b.c]\n", b"[voices]\n", b"[[music]]\n", b"a.b.c.d = 1\n",
    b"a = {b = {c = 1}}\n", b"= ", b"#", b"'''", b'"""', b"0x1F", b"1_000", b"inf", b"-inf", b"nan",
    b"-nan", b"1e999", b"1979-05-27", b"0000-00-00", b"9999-12-31T23:59:60Z", b"07:32:00",
    b'"\\uD800"', b'"\\UFFFFFFFF"', b'"\\u0000"', b'"\\u001b]0;x"', b"true", b"[1, 'a', []]", b"{}",
    b"[]", b'""', b"''", b'"../../x"', b'"/dev/zero"', b'"/dev/stdin"', b'"."', b'"http://x"',
    b'"javascript:x"', b'"//"', b'"http://[x"', b'"http://a:99999999/"',
)  # fmt: skip

JSON = (
    *ANY, b"[", b"]", b"{", b"}", b",", b":", b'"', b"\\", b"null", b"true", b"false", b"NaN",
    b"Infinity", b"-Infinity", b"1e999", b"-0", b"0.1e", b'"\\ud800"', b'"\\u0000"', b'"\\u001b"',
    b'{"a":1,"a":2}', b'"a":', b"[]", b"{}", b'""', b"/**/", b"'a'",
)  # fmt: skip

XML = (
    *ANY, b"<", b">", b"</a>", b"<a>", b"<a/>", b"<a b='c'>", b"&", b"&a;", b"&#0;", b"&#x110000;",
    b"&#x1b;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE a>",
    b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", b"<!ENTITY a 'b'>", b"<?x?>",
    b'<?xml version="1.1"?>', b'encoding="UTF-16"', b'encoding="utf-7"', b'encoding="x"',
    b'encoding="cp037"', b'encoding=""', b"xmlns:a='b'", b"xmlns=''", b"xml:lang='x'",
    b"alphabet='x-misaki'", b"<phoneme>x</phoneme>", b"<grapheme></grapheme>",
    b"<alias>[a](/b/)</alias>", b"<enclosure url='http://evil.example/x'/>",
    b"<pubDate>Mon, 99 Xxx 0000 99:99:99</pubDate>",
    b"<pubDate>Tue, 21 Oct 2025 00:00:00 -0000</pubDate>", b"<guid>x</guid>", b"+9999", b"GMT",
    b"length='-1'", b"http://[x",
)  # fmt: skip

PAGE = (
    *ANY, b"Tuesday Oct 21, 2025\n", b"Oct 99, 2025\n", b"Tuesday Oct 21, 99999\n",
    b"Sound - On Tones\n", b" - ", b": ", b"Length: 5s", b"5s", b"Likes: 1", b"Downloads: ",
    b"Read more", b"Credit to Paper authors: ", b"A, B and C", b"Hey PaperLedge crew", b"?", b"!",
    b".", b"First: x.\n", b"- a\n", b"1. a\n", b"A ", b"A B C D ", b"(", b")", b"\"", b"'", b"$x$",
    b"\n\n\n",
)  # fmt: skip

CAPTIONS = (
    *ANY, b"WEBVTT\n\n", b"NOTE x\n", b"STYLE\n", b"REGION\n", b"00:00:00.000 --> 00:00:01.000\n",
    b"00:00:01,000 --> 00:00:00,000\n", b"99999:00:00.000 --> ", b" --> ", b"-->", b"1\n", b"-1\n",
    b"<v Ada>", b"</v>", b"<c>", b"&lt;", b"&", b"<", b"00:", b"60", b".000", b" align:start",
    b"\n\n",
)  # fmt: skip

INTEGERS = tuple(
    struct.pack(order + size, value)
    for order in "<>"
    for size, values in {
        "B": (0, 1, 0x7F, 0x80, 0xFF),
        "H": (0, 1, 0x7FFF, 0x8000, 0xFFFF),
        "I": (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF),
        "Q": (0, 1, 2**40, 2**63 - 1, 2**63, 2**64 - 1),
        "f": (float("nan"), float("inf"), 1e30),
        "d": (float("nan"), float("inf"), 1e300),
    }.items()
    for value in values
)
"""What sizes, counts and rates in a file may claim."""

SOUND = (
    *INTEGERS, b"RIFF", b"RF64", b"RIFX", b"WAVE", b"fmt ", b"data", b"fact", b"LIST", b"ds64",
    b"bext", b"id3 ", b"FORM", b"AIFF", b"AIFC", b"COMM", b"SSND", b"caff", b"desc", b"pakt",
    b".snd", b"fLaC", b"OggS", b"OpusHead", b"OpusTags", b"\x01vorbis", b"\x05vorbis", b"ftyp",
    b"moov", b"mdat", b"stsz", b"stco", b"stts", b"ID3\3\0\0\0\0\0\0",
    b"ID3\4\0\x40\x7f\x7f\x7f\x7f", b"TAG", b"APETAGEX", b"Xing", b"Info", b"LAME",
    b"\xff\xfb\x90\x00", b"\xff\xf1", b"\x0b\x77", b"wvpk", b"TTA1", b"\x1aE\xdf\xa3", bytes(4096),
    b"\xff" * 512,
)  # fmt: skip

PACK = (
    *INTEGERS, b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\x93NUMPY\1\0", b"\x93NUMPY\3\0", b"'<f4'",
    b"'|O'", b"'<U9999'", b"'>f8'", b"(510, 1, 256)", b"(-1,)", b"(" * 500, b"9" * 500, b"\x80\2",
    b"\x80\5", b"cos\nsystem\n", b"ctorch\nFloatStorage\n", b"(", b")", b"t", b"R", b".", b"\x85",
    b"]a", b"}s", b"Q", b"\x8a\xff", b"\x8b\xff\xff\xff\x7f", b"L9999999999L\n", b"h\0", b"2", b"0",
)  # fmt: skip

PICTURE = (
    *INTEGERS, b"\xff\xd8", b"\xff\xd9", b"\xff\xc0\0\x11\x08\xff\xff\xff\xff\3", b"\xff\xc2",
    b"\xff\xe1\xff\xffExif\0\0MM\0*\0\0\0\x08", b"\xff\xe2\0\x10ICC_PROFILE\0", b"\xff\xfe\0\2",
    b"\xff\xda", b"IHDR", b"IDAT", b"IEND", b"PLTE", b"tRNS", b"iCCP", b"zTXt", b"eXIf", b"acTL",
    b"GIF89a", b"8BIM", b"Adobe",
)  # fmt: skip


def frame(name: bytes, body: bytes, flags: bytes = b"\0\0") -> bytes:
    """A frame of ID3v2.3."""
    return name + struct.pack(">I", len(body)) + flags + body


def chapters(depth: int) -> bytes:
    """CHAP in CHAP."""
    found = b""
    for _ in range(depth):
        found = frame(b"CHAP", b"a\0" + bytes(16) + found)
    return found


def unfolding(megabytes: int) -> bytes:
    """A compressed frame."""
    import zlib

    return struct.pack(">I", megabytes << 20) + zlib.compress(bytes(megabytes << 20), 1)


ID3 = (
    frame(b"TIT2", b"\3x\x1b]0;x\x07"), frame(b"TIT2", b"\1\xff\xfe\0\xd8"),
    frame(b"TLEN", b"\3" + "²".encode()), frame(b"TLEN", b"\3" + b"9" * 5000),
    frame(b"TYER", b"\0-1"), frame(b"TIT2", unfolding(64), b"\0\x80"),
    frame(b"APIC", b"\0image/jpeg\0\3\0" + bytes(1000)),
    frame(b"CTOC", b"toc\0\3\xff" + b"a\0" * 255), chapters(30), chapters(900),
    frame(b"CHAP", b"a\0" + b"\xff" * 16), frame(b"TXXX", b"\3"), frame(b"RVA2", b"\xff"),
    frame(b"ETCO", b"\2\xff"), frame(b"MLLT", b"\xff" * 20), frame(b"POPM", b"a\0"),
    frame(b"AENC", b""), frame(b"TIT2", b"x", b"\xff\xff"), frame(b"TDRC", b"\3" + b"0" * 40),
    frame(b"GRID", b"\xff"), frame(b"LINK", b"\xff"), frame(b"\0\0\0\0", b"x"),
)  # fmt: skip
