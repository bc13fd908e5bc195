"""`python -m deploy.two_hosts`: the portal on two web hosts, tried out on one machine."""
