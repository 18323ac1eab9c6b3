#!/usr/bin/env bash
# Runs the tests: deploy/test.sh all|quick|screenshots
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
# A test makes its own data folder; nobody's settings may reach it.
unset RUHU_DATA RUHU_DATABASE_URL RUHU_MODE PORT FLASK_DEBUG

quick() { python -m pytest -q -n auto --maxprocesses 4 -m "not browser"; }
phone() { (cd frontend/field && npm run --silent test); }

case ${1:-all} in
  all)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    phone
    quick
    # One browser at a time: a journey measures what a person waits for.
    exec python -m pytest -q -m browser
    ;;
  quick)
    phone
    quick
    ;;
  screenshots)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    exec python -m tests.screenshots
    ;;
esac
