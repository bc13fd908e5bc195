"""住まいる北海道: the platform that the two apps, `regions` and `support`, stand on."""
