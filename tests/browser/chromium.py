"""How Chromium is started here."""

PATIENCE = 60_000  # milliseconds: what a busy machine may take, and what a page that never answers costs a test
# Chromium otherwise calls its maker at every start; CI runs as root, where its sandbox does not work.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
