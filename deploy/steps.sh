#!/bin/sh
# The portal's steps in production: the Dockerfile, compose.yaml, `make demo` and tests/test_deploy.py all run these.
#
#   steps.sh build     compile the code, collect, hash and compress static files (needs no secrets and no database)
#   steps.sh migrate   bring the database up to date (once per release, before the new version serves)
#   steps.sh serve     serve until told to stop
#   steps.sh healthy   exit 0 if the server on this host answers /healthz
#
# More arguments of build and migrate go to the command behind them (--verbosity 0).
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
    exec "$python" manage.py migrate --no-input "$@"
    ;;
serve)
    exec "$python" -m gunicorn --config deploy/gunicorn.conf.py sumairu.wsgi
    ;;
healthy)
    exec "$python" -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=4)' "http://127.0.0.1:${PORT:-8000}/healthz"
    ;;
*)
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
