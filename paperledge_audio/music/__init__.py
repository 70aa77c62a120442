"""The show's music, composed as scores in code: a tool for developers, no part of a render.

`python -m paperledge_audio.music OUT_DIR` plays the scores with FluidSynth and the FluidR3 sound
font, puts them in a hall, levels them and writes intro, outro, sting and bed as Ogg Vorbis. Run
again on the same machine it writes the same bytes. Renders use the finished files only.

    notation.py   a line of music as text → notes
    score.py      what a score is: parts, instruments, dynamics
    theme.py      the four pieces
    midi.py       score → MIDI file
    hall.py       the reverberation
    playing.py    score → finished clip → file
"""
