"""Direction → prosody: a segment's delivery, emphasis and rise, worked into a model's own curves.

In: what a segment asks for, its pronunciation, and the durations, F0 and energy that a model
predicts for it. Out: those changed. `direction` finds what is asked of which tokens, `lengths`
changes durations, `melody` F0, `energy` energy and loudness, `rising` all of them at the end of a
question. Plain numpy, no model.

Two rates: durations count model frames of 25 ms; F0 and energy have two values a frame. `edges`
are the values' indices at which tokens begin, and the last one's end.
"""
