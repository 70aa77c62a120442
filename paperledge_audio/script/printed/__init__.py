"""What readers see of a block's text: markup gone, formulas as Unicode shows them."""
