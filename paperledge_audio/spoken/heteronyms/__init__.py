"""Words of one spelling and two sounds: in goes a sentence, out comes the sound that fits it."""
