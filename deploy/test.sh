#!/usr/bin/env bash
# Runs the tests: deploy/test.sh all|quick|faults|screenshots|looks
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
# What was compiled once is read the next time: thousands of asserts are rewritten, and each test process reads them all.
unset PYTHONDONTWRITEBYTECODE
# A test makes its own data folder; nobody's settings may reach it.
unset RUHU_DATA RUHU_DATABASE_URL RUHU_MODE RUHU_FAULTS PORT FLASK_DEBUG

# In memory where there is room: tests that ask what a disk keeps use the disk all the same.
in_memory() {
  local free
  free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) || free=0
  if [ "${free:-0}" -gt 4000000 ]; then TMPDIR=/dev/shm "$@"; else "$@"; fi
}
# Files go to the workers as tests/pace.py orders them; pytest-xdist's own order ends with the files that have one long test.
spread() { in_memory python -m pytest -q --dist loadfile --no-loadscope-reorder "$@"; }
# More than there are cores: one waits for its database while the others work.
quick() {
  # Before workers that would all compile the same at once.
  [ -d tests/__pycache__ ] || python -m pytest -q --collect-only >/dev/null || true
  spread -n 3 -m "not browser and not faults$1"
}
# Two browsers can keep each other waiting: what failed is driven once more, alone, and then it counts.
browser() {
  spread -n 2 -m "browser and not faults" ||
    in_memory python -m pytest -q --last-failed --last-failed-no-failures none -m "browser and not faults"
}
# One after the other: each drives threads and servers of its own.
faults() { python -m pytest -q tests/faults "$@"; }
phone() { (cd frontend/field && npm run --silent test); }
# What only computes, on all cores.
COMPUTING=(tests/faults/test_sabotage.py tests/faults/test_model.py)

# It computes while the other faults wait for a line, a disk or a browser, and yields to them.
while_the_rest_computes() {
  local said well=0
  said=$(mktemp)
  (nice -n 10 python -m pytest -q "${COMPUTING[@]}" >"$said" 2>&1) &
  "$@" || well=$?
  wait $! || well=$?
  cat "$said"
  rm "$said"
  return $well
}

case ${1:-all} in
  all)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    phone
    quick ""
    browser
    while_the_rest_computes faults "${COMPUTING[@]/#/--ignore=}"
    ;;
  quick)
    phone
    quick " and not postgres and not slow"
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
  looks)
    RUHU_CHROMIUM=$(deploy/browser.sh)
    export RUHU_CHROMIUM
    RUHU_LOOKS=${LOOKS:-$PWD/test-results/looks}
    export RUHU_LOOKS
    echo "pictures: $RUHU_LOOKS"
    in_memory python -m pytest -q -k "screen or before or desk" tests/journeys/test_looks.py tests/desk/test_axe.py
    ;;
esac
