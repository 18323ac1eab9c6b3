#!/usr/bin/env bash
# Prints the path of a Chromium and sees to a Chinese font; installs what is missing or says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

find_browser() {
  local name
  for name in "${RUHU_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    # Ubuntu's chromium-browser is only a door to snap, which answers no question about its version.
    if [ -n "$name" ] && command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}

has_font() {
  command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]
}

find_browser >/dev/null || deploy/apt.sh chromium || true
has_font || deploy/apt.sh fontconfig fonts-noto-cjk || true

find_browser || {
  echo "Chromium is missing, and the browser tests need it: apt install chromium (or set RUHU_CHROMIUM to its path)" >&2
  exit 1
}
has_font || {
  echo "A Chinese font is missing, and the browser tests need it: apt install fontconfig fonts-noto-cjk" >&2
  exit 1
}
