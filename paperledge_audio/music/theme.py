"""The theme of PaperLedge and its four pieces.

D Lydian (D E F♯ G♯ A B C♯): a major key whose raised fourth keeps looking up. The theme climbs
A D E to that G♯, sinks back through F♯ and E, and climbs again to the A where it began, an octave
higher. The harmony rests on D while E major floats above it, then walks B, C♯ and home. The outro
leaves by way of G: the one time the raised fourth comes down, and the door closes.
"""

from __future__ import annotations

from dataclasses import replace

from paperledge_audio.music.notation import Note, arpeggio, line
from paperledge_audio.music.score import Part, Score

Notes = tuple[Note, ...]


def _shimmer(melody: str, sparkle: str) -> Notes:
    """The melody faintly an octave higher, and what is left glittering after it."""
    above = (replace(note, pitch=note.pitch + 12) for note in line(melody, level=0.3, hold=1.5))
    return (*above, *line(sparkle, level=0.4, hold=3))


def _intro() -> Score:
    melody = (
        "r:1 A4:0.5 D5:1.5 E5:1  "  # D
        "G#5:1.5 F#5:0.5 E5:1 B4:1  "  # E over D
        "C#5:1 D5:1 E5:0.5 G#5:1.5  "  # B minor, C sharp minor
        "A5:4"  # home, while the host begins
    )
    sparkle = "r:12.5 C#6:0.5 E6:0.5 G#6:0.5 A6:2"
    chords = "F#3+A3+C#4+E4:4  G#3+B3+E4:4  F#3+A3+C#4+D4:2  E3+G#3+B3+E4:2  F#3+A3+C#4+E4+G#4:6"
    low = "D3+A3+F#4:4  D3+G#3+B3:4  B2+F#3+D4:2  C#3+G#3+E4:2  D3+A3+E4+F#4:6.5"
    bass = "D2:4  D2:3 A1:1  B1:2 C#2:2  D2:6"
    harp: Notes = (
        *arpeggio("D3 A3 D4 E4 F#4 A4 F#4 E4", step=0.5, at=0, level=0.42, ring=3),
        *arpeggio("D3 B3 E4 G#4 B4 G#4 E4 B3", step=0.5, at=4, level=0.45, ring=3),
        *arpeggio("B2 F#3 A3 C#4", step=0.5, at=8, level=0.47, ring=2),
        *arpeggio("C#3 G#3 B3 E4", step=0.5, at=10, level=0.5, ring=2),
        *arpeggio("D3 A3 D4 E4 F#4 A4 C#5 E5", step=0.25, at=11.9, level=0.55, ring=5),
        *arpeggio("A4 E4 F#4 D4", step=0.75, at=14.25, level=0.36, ring=5),
    )
    return Score(
        "intro",
        bpm=84,
        beats=18.5,
        fade_beats=2.6,
        parts=(
            Part("vibraphone", line(melody, level=0.72, hold=1.3), 0.92, pan=0.12),
            Part("celesta", _shimmer(melody, sparkle), 0.76, pan=0.4),
            Part("electric piano", line(chords, level=0.45), 0.58, pan=-0.2, roll_s=0.018),
            Part("harp", harp, 0.66, pan=-0.4),
            Part("fretless bass", line(bass, level=0.55), 0.76),
            Part(
                "slow strings",
                line(low, level=0.5),
                0.48,
                swell=((0, 0.25), (4, 0.7), (8, 0.75), (12, 1.0), (18.5, 0.9)),
            ),
            Part("warm pad", line(low, level=0.5), 0.58, swell=((0, 0.5), (12, 1.0), (18.5, 1.0))),
        ),
    )


def _outro() -> Score:
    melody = (
        "r:4.5 B4:0.5 E5:1.5 F#5:0.5 G#5:1  "  # E over D
        "F#5:1 D5:1 E5:0.5 C#5:1.5  "  # B minor, C sharp minor
        "D5:0.5 F#5:0.5 B5:2 A5:1  "  # G, with its own raised fourth
        "F#5:5"  # D
    )
    sparkle = "r:17 A5:0.5 E6:0.5 F#6:0.5 A6:3"
    chords = (
        "F#3+A3+C#4+E4:4  G#3+B3+E4:4  F#3+A3+C#4+D4:2  E3+G#3+B3+E4:2  "
        "F#3+A3+B3+C#4:4  F#3+A3+D4+E4:6"
    )
    low = "D3+A3+F#4:4  D3+G#3+B3:4  B2+F#3+D4:2  C#3+G#3+E4:2  G2+D3+B3+F#4:4  D3+A3+E4+F#4:6.5"
    bass = "D2:4  D2:3 A1:1  B1:2 C#2:2  G1:3 A1:1  D2:6"
    harp: Notes = (
        *arpeggio("D3 A3 D4 E4 F#4 A4 F#4 E4", step=0.5, at=0, level=0.42, ring=3),
        *arpeggio("D3 B3 E4 G#4 B4 G#4 E4 B3", step=0.5, at=4, level=0.45, ring=3),
        *arpeggio("B2 F#3 A3 C#4", step=0.5, at=8, level=0.46, ring=2),
        *arpeggio("C#3 G#3 B3 E4", step=0.5, at=10, level=0.48, ring=2),
        *arpeggio("G2 D3 B3 D4 F#4 A4 C#5 B4", step=0.5, at=12, level=0.5, ring=3),
        *arpeggio("D3 A3 D4 E4 F#4 A4 D5", step=0.3, at=15.9, level=0.48, ring=5),
    )
    return Score(
        "outro",
        bpm=84,
        beats=22.5,
        fade_beats=4.5,
        parts=(
            Part("vibraphone", line(melody, level=0.72, hold=1.3), 0.92, pan=0.12),
            Part("celesta", _shimmer(melody, sparkle), 0.76, pan=0.4),
            Part("electric piano", line(chords, level=0.45), 0.58, pan=-0.2, roll_s=0.018),
            Part("harp", harp, 0.66, pan=-0.4),
            Part("fretless bass", line(bass, level=0.55), 0.76),
            Part(
                "slow strings",
                line(low, level=0.5),
                0.48,
                swell=((0, 0.3), (4, 0.6), (12, 1.0), (15, 1.0), (17, 0.8), (22.5, 0.5)),
            ),
            Part("warm pad", line(low, level=0.5), 0.58, swell=((0, 0.5), (12, 1.0), (22.5, 0.7))),
        ),
    )


def _sting() -> Score:
    """The theme's last climb, E G♯ A."""
    harp = arpeggio("D4 E4 F#4 A4 C#5", step=0.2, at=0, level=0.5, ring=3)
    return Score(
        "sting",
        bpm=96,
        beats=4.4,
        fade_beats=2.4,
        parts=(
            Part("vibraphone", line("E5:0.5 G#5:0.5 A5:3", level=0.74, hold=1.2), 0.98, pan=0.12),
            Part("celesta", line("r:1.25 E6:0.25 A6:2", level=0.42, hold=2), 0.60, pan=0.4),
            Part(
                "electric piano",
                line("F#3+A3+C#4+E4:4", level=0.42),
                0.50,
                pan=-0.2,
                roll_s=0.018,
            ),
            Part("harp", harp, 0.56, pan=-0.4),
            Part("fretless bass", line("D2:4", level=0.5), 0.78),
            Part("warm pad", line("D3+A3+F#4:4.4", level=0.5), 0.54),
        ),
    )


def _bed() -> Score:
    """Sixteen slow half bars that lead into themselves; nothing where a voice has its words."""
    chords = (
        "F#3+A3+C#4+E4:4  G#3+B3+E4:4  F#3+A3+C#4+D4:4  G#3+B3+C#4+E4:4  "
        "F#3+A3+C#4+E4:4  G#3+B3+E4:4  E3+A3+C#4+F#4:4  F#3+B3+D4+E4:2 E3+G#3+B3+D4:2"
    )
    low = (
        "D3+A3+F#4:4  D3+G#3+B3:4  B2+F#3+D4:4  C#3+G#3+E4:4  "
        "D3+A3+F#4:4  D3+G#3+B3:4  F#2+C#3+A3:4  E3+B3+F#4:2 E3+B3+G#4:2"
    )
    bass = "D2:4  D2:4  B1:4  C#2:4  D2:4  D2:4  F#1:4  E2:4"
    harp: Notes = tuple(
        note
        for bar, names in enumerate(
            (
                "D3 A3 E4 F#4",
                "D3 B3 E4 G#4",
                "B2 F#3 C#4 D4",
                "C#3 G#3 B3 E4",
                "D3 A3 F#4 E4",
                "D3 G#3 E4 B4",
                "F#3 C#4 E4 A4",
                "E3 B3 D4 G#4",
            )
        )
        for note in arpeggio(names, step=1.0, at=4.0 * bar, level=0.36, ring=3)
    )
    high = "r:6 B5:2 r:6 E6:2 r:6 G#5:2 r:6 F#6:2"
    return Score(
        "bed",
        bpm=72,
        beats=32,
        loops=True,
        parts=(
            Part("celesta", line(high, level=0.36, hold=2), 0.66, pan=0.45),
            Part("electric piano", line(chords, level=0.36), 0.64, pan=-0.15, roll_s=0.025),
            Part("harp", harp, 0.74, pan=-0.4),
            Part("fretless bass", line(bass, level=0.5), 0.70),
            Part("slow strings", line(low, level=0.45), 0.44, pan=0.1),
            Part("halo pad", line(low, level=0.4), 0.46, pan=0.2),
            Part("warm pad", line(low, level=0.5), 0.54),
        ),
    )


def compose_theme() -> tuple[Score, ...]:
    """Intro, outro, sting and bed."""
    return _intro(), _outro(), _sting(), _bed()
