"""How many cells arrive: kinetics, pooling of evidence, placement, and the estimate that joins them."""
