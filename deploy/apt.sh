#!/usr/bin/env bash
# Installs Debian packages if that is possible without asking anybody: deploy/apt.sh PACKAGE…
set -euo pipefail

sudo=()
if [ "$(id -u)" != 0 ]; then
  sudo -n true 2>/dev/null || exit 1
  sudo=(sudo -n)
fi
command -v apt-get >/dev/null || exit 1

printf 'Installing %s\n' "$*" >&2
install() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
install "$@" 2>/dev/null || { "${sudo[@]}" apt-get update -qq >/dev/null && install "$@"; }
