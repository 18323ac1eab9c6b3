#!/usr/bin/env bash
# Resolves requirements*.in into pinned, hashed lock files that hold for Python 3.11 and newer on every system.
set -euo pipefail
cd "$(dirname "$0")/.."

.venv/bin/python -m pip install -qq --disable-pip-version-check uv
lock() {
  .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --custom-compile-command "make lock" -q "$@"
}
lock requirements.in -o requirements.lock
lock requirements-dev.in -c requirements.lock -o requirements-dev.lock
