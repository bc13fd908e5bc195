#!/bin/sh
# The portal's steps in production: the Dockerfile, compose.yaml, `make demo` and tests/test_deploy.py all run these.
#
#   steps.sh build     compile the code, collect, hash and compress static files (needs no secrets and no database)
#   steps.sh migrate   bring the database up to date (once per release, before the new version serves)
#   steps.sh serve     serve until told to stop
#   steps.sh work      read and save large workbooks, look up how words are read: beside the web server, at least one
#   steps.sh both      serve and work in one (make demo); both stop together
#   steps.sh healthy   exit 0 if the server on this host answers /healthz
#
# More arguments of build, migrate and work go to the command behind them (--verbosity 0).
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}

step=${1:-}
[ $# -eq 0 ] || shift
case $step in
build)
    # Nothing of these three is kept: collecting static files only needs settings that load.
    export SECRET_KEY="${SECRET_KEY:-build}" ALLOWED_HOSTS="${ALLOWED_HOSTS:-build}" DATABASE_URL="${DATABASE_URL:-sqlite://:memory:}"
    "$python" -m compileall -q sumairu regions support
    exec "$python" manage.py collectstatic --no-input --clear "$@"
    ;;
migrate)
    "$python" manage.py migrate --no-input "$@"
    "$python" manage.py render_texts
    "$python" manage.py picture_copies
    exec "$python" manage.py search_index
    ;;
serve)
    # One heap for all threads, and what is free of it goes back: with what glibc does by itself a worker grows by a fifth.
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}" MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-131072}"
    export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-65536}"
    # Tracebacks then name the line, and not the place in it, which takes 3 MB for all the code of a worker.
    export PYTHONNODEBUGRANGES=1
    exec "$python" -m gunicorn --config deploy/gunicorn.conf.py sumairu.wsgi
    ;;
work)
    exec "$python" manage.py run_worker "$@"
    ;;
both)
    deploy/steps.sh work --verbosity 0 &
    worker=$!
    deploy/steps.sh serve &
    web=$!
    trap 'kill "$web" "$worker" 2>/dev/null || :; wait' EXIT
    trap 'exit 0' INT TERM HUP
    while kill -0 "$web" && kill -0 "$worker"; do sleep 1; done 2>/dev/null
    # One of them ended: killed, or told to stop before this shell was (dash misses a signal that arrives while it forks).
    if kill -0 "$web" 2>/dev/null; then wait "$worker"; else wait "$web"; fi
    ;;
healthy)
    exec "$python" -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=4)' "http://127.0.0.1:${PORT:-8000}/healthz"
    ;;
*)
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
