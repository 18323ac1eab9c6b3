#!/usr/bin/env bash
# Runs the tests: deploy/test.sh all|quick|screenshots
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
# A test makes its own data folder; nobody's settings may reach it.
unset RUHU_DATA RUHU_DATABASE_URL RUHU_MODE PORT FLASK_DEBUG

phone() { (cd frontend/field && npm run --silent test); }

case ${1:-all} in
  all)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    phone
    exec python -m pytest -q
    ;;
  quick)
    phone
    exec python -m pytest -q -m "not browser"
    ;;
  screenshots)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    exec python -m tests.screenshots
    ;;
esac
