"""How procedures are ranked: criteria, constraints, acceptability, what it hangs on, and the sentences that say so."""
