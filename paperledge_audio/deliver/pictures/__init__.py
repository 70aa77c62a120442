"""Episode → pictures: the cover and the plot."""
