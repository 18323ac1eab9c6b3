#!/usr/bin/env bash
# Measures on this machine, sync beside Kinto and PouchDB's server: deploy/bench.sh sync|phone|desk|lock
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
unset RUHU_DATA RUHU_DATABASE_URL RUHU_MODE PORT FLASK_DEBUG
set_of=tests/bench/rivals_set

set_up() {
  if ! cmp -s "$set_of/kinto.lock" .bench/kinto.lock; then
    rm -rf .bench/kinto
    python -m venv .bench/kinto
    .bench/kinto/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$set_of/kinto.lock"
    cp "$set_of/kinto.lock" .bench/kinto.lock
  fi
  if ! cmp -s "$set_of/package-lock.json" .bench/pouchdb/package-lock.json; then
    rm -rf .bench/pouchdb
    mkdir -p .bench/pouchdb
    cp "$set_of"/package*.json "$set_of/.npmrc" .bench/pouchdb/
    (cd .bench/pouchdb && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
  fi
}

case ${1:-sync} in
  sync)
    mkdir -p .bench
    echo "Setting up the servers to compare with (the first time takes minutes)" >&2
    set_up
    shift
    exec python -m tests.bench.sync "$@"
    ;;
  phone)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    exec python -m tests.bench.phone
    ;;
  desk)
    shift
    exec python -m tests.bench.desk "$@"
    ;;
  lock)
    python -m pip install -qq --disable-pip-version-check uv
    uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
      --custom-compile-command "deploy/bench.sh lock" -q "$set_of/kinto.in" -o "$set_of/kinto.lock"
    (cd "$set_of" && npm install --package-lock-only --no-audit --no-fund)
    ;;
esac
