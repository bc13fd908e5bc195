"""How fast and how large the portal is: `make bench` prints the numbers and writes var/bench.json."""
