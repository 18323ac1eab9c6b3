#!/usr/bin/env bash
# Brings the database up to date, loads the demo county where it belongs, and serves: deploy/run.sh [--reload]
set -euo pipefail
cd "$(dirname "$0")/.."
export RUHU_DATA=${RUHU_DATA:-$PWD/var} PORT=${PORT:-8000}

if ! problem=$(.venv/bin/python deploy/port.py "$PORT"); then
  echo "$problem" >&2
  exit 1
fi

flask=(.venv/bin/flask --app wsgi)
# A data folder that is already somebody's, without the demo mark, never gets fictional people.
if [ -z "${RUHU_MODE:-}" ] && [ ! -e "$RUHU_DATA/mode" ] && [ ! -e "$RUHU_DATA/ruhu.sqlite3" ]; then
  mkdir -p "$RUHU_DATA"
  echo demo >"$RUHU_DATA/mode"
fi
"${flask[@]}" db upgrade
if [ "${RUHU_MODE:-$(cat "$RUHU_DATA/mode" 2>/dev/null || true)}" = demo ]; then
  "${flask[@]}" demo load
  echo "Demo county at http://127.0.0.1:$PORT — accounts in README.md, all with the password ruhu-demo-2026"
fi

# The worker stands beside the server: it is started again when it breaks, and ends with the pipe that the
# server holds from here on. The server starts first.
exec 9> >(sleep 2; until nice -n 5 "${flask[@]}" jobs work --beside; do sleep 1; done)

if [ "${1:-}" = --reload ]; then
  exec "${flask[@]}" run --debug --host 127.0.0.1 --port "$PORT"
fi
exec .venv/bin/gunicorn --config deploy/gunicorn.conf.py wsgi:app
