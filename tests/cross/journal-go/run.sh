#!/bin/sh
# Cross-checks src/core/journal with transparency-dev/merkle and golang.org/x/mod, both ways. Needs Go and `npm ci`.
# Prints "N passed, M failed" last; exit code 1 when anything failed.
set -eu
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Bundled into the project, so that the packages it leaves outside are found.
script="$root/node_modules/.cache/journal-go/cross-check.mjs"
"$root/node_modules/.bin/esbuild" cross-check.ts --bundle --platform=node --format=esm --packages=external \
  "--alias:#primitives=$root/src/core/primitives/node.ts" --outfile="$script" --log-level=error
node "$script" write "$work/typescript.json"
go build -o "$work/journalcheck" .
testdata=$(go list -m -f '{{.Dir}}' github.com/transparency-dev/merkle)/testdata

status=0
"$work/journalcheck" check "$work/typescript.json" > "$work/go.txt" || status=1
"$work/journalcheck" write "$work/go.json"
node "$script" read "$work/go.json" "$testdata" > "$work/node.txt" || status=1
cat "$work/go.txt" "$work/node.txt"
awk '/ passed, [0-9]+ failed$/ { passed += $(NF-3); failed += $(NF-1); lines++ }
  END { printf "%d passed, %d failed\n", passed, failed; if (lines != 2) exit 1 }' "$work/go.txt" "$work/node.txt" || status=1
exit $status
