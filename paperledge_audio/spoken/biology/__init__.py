"""Biology and medicine: genes and their variants, species, doses and outcomes → words."""
