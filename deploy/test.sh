#!/usr/bin/env bash
# Runs the tests: deploy/test.sh all|quick|faults|screenshots
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
# A test makes its own data folder; nobody's settings may reach it.
unset RUHU_DATA RUHU_DATABASE_URL RUHU_MODE RUHU_FAULTS PORT FLASK_DEBUG

quick() { python -m pytest -q -n auto --maxprocesses 4 -m "not browser and not faults$1"; }
# One after the other: each drives threads and servers of its own.
faults() { python -m pytest -q tests/faults; }
phone() { (cd frontend/field && npm run --silent test); }

case ${1:-all} in
  all)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    phone
    quick ""
    faults
    # One browser at a time: a journey measures what a person waits for.
    exec python -m pytest -q -m "browser and not faults"
    ;;
  quick)
    phone
    quick " and not postgres"
    ;;
  faults)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    export RUHU_FAULTS=full
    faults
    ;;
  screenshots)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    exec python -m tests.screenshots
    ;;
esac
