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

# Playwright's own build, for systems whose package is only such a door.
own_browser() {
  local path
  path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as start
with start() as play: print(play.chromium.executable_path)' 2>/dev/null) && [ -x "$path" ] && printf '%s\n' "$path"
}

any_browser() { find_browser || own_browser; }

any_browser >/dev/null || deploy/apt.sh chromium || true
any_browser >/dev/null || timeout 300 .venv/bin/playwright install chromium >/dev/null 2>&1 || true
has_font || deploy/apt.sh fontconfig fonts-noto-cjk || true

any_browser || {
  echo "Chromium is missing, and the browser tests need it: apt install chromium (or set RUHU_CHROMIUM to its path)" >&2
  exit 1
}
has_font || {
  echo "A Chinese font is missing, and the browser tests need it: apt install fontconfig fonts-noto-cjk" >&2
  exit 1
}
