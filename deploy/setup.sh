#!/usr/bin/env bash
# Makes .venv and installs one lock file into it: deploy/setup.sh LOCK STAMP
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1 stamp=$2

say() { printf '%s\n' "$*" >&2; }

find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$name"
      return
    fi
  done
  say "Python 3.11 or newer is missing. On Debian 12 or Ubuntu 24.04: apt install python3 python3-venv"
  return 1
}

make_venv() {
  local python=$1 package
  # Debian keeps ensurepip, without which a virtual environment has no pip, in a package of its own.
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    deploy/apt.sh "$package" || {
      say "Python cannot make a virtual environment yet. Install one package and try again: apt install $package"
      return 1
    }
  fi
  "$python" -m venv --clear .venv
}

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
  python=$(find_python)
  say "Setting up .venv with $("$python" --version)"
  make_venv "$python"
fi
say "Installing $lock"
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock" || {
  say "The packages in $lock could not be installed: is the package index reachable?"
  exit 1
}
touch "$stamp"
