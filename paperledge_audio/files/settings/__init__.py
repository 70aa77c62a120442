"""Tables of settings: their keys and kinds, read with every fault, and described for people."""
