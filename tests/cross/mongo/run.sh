#!/bin/bash
# The store on a server that speaks MongoDB's protocol: FerretDB over SQLite, a Go module, built here. Needs Go and `npm ci`.
# The contract and schema tests, then the main job through the command line with the store on that server.
# Usage: run.sh [CACHE_DIR]   kept between runs, CACHE_DIR saves the build (minutes). MONGODB_URI, when set, names another
# server instead: mongodb://HOST:PORT/, with no database in it; databases of random names are made and dropped there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-${YINXIN_CACHE:-$here/../../../.cache}/mongo}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
cd "$here/../../.."
work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then kill "$server" && wait "$server" || true
  elif [ -n "${YINXIN_STORE:-}" ]; then
    node -e 'require("mongoose").createConnection(process.argv[1]).asPromise().then((c) => c.dropDatabase().then(() => c.close()))' "$YINXIN_STORE" || true
  fi
  rm -rf "$work"
}
trap finish EXIT

if [ -z "${MONGODB_URI:-}" ]; then
  (cd "$here/server" && go build -o "$cache/mongoserver" .)
  mkdir "$work/server"
  mkfifo "$work/uri"
  "$cache/mongoserver" "$work/server" > "$work/uri" &
  server=$!
  # The server prints its address once it listens; one that dies ends the pipe.
  read -r MONGODB_URI < "$work/uri" || { echo "the server did not start"; exit 1; }
fi
export MONGODB_URI

passed=0
failed=0
NODE_OPTIONS=--experimental-vm-modules node --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --selectProjects rest --forceExit --json --outputFile "$work/jest.json" tests/adapters/storage/mongo > "$work/log" 2>&1 || cat "$work/log"
read -r passed failed skipped <<< "$(node -p '
  const all = JSON.parse(fs.readFileSync(process.argv[1]));
  [all.numPassedTests, all.numFailedTests + all.numRuntimeErrorTestSuites, all.numPendingTests].join(" ")' "$work/jest.json")"
echo "tests/adapters/storage/mongo*: $passed passed, $failed failed, $skipped not run"

node scripts/build.mjs --if-stale
mkdir "$work/out-dir"
export YINXIN_DATA=$work/data YINXIN_LOG=error
# Between the hosts and the options.
YINXIN_STORE="$(sed -E "s|^([a-z+]+://[^/?]+)/?(\?.*)?$|\1/yinxin-issue-$$\2|" <<< "$MONGODB_URI")"
export YINXIN_STORE
yinxin() { node dist/surfaces/cli/yinxin.js "$@"; }
# expect CODE NAME COMMAND...
expect() {
  local wanted=$1 name=$2 code=0; shift 2
  "$@" > "$work/out" 2>&1 || code=$?
  if [ "$code" -eq "$wanted" ]; then passed=$((passed + 1)); echo "ok      $name"
  else failed=$((failed + 1)); echo "FAILED  $name: exit code $code"; cat "$work/out"; fi
}
issue() { yinxin issue templates/business-licence/sample.json --out "$work/out-dir" --key "$1" --rendition pdf:SM2-SM3,sd-jwt:SM2-SM3 --json; }
counted() {
  node -e 'const { leaves, intents, events, waitingEvents } = JSON.parse(process.argv[1]);
    process.exitCode = intents.signed > 0 && intents.open + intents.unknown + waitingEvents === 0 && events === 3 && leaves === intents.signed + events ? 0 : 1;' "$1"
}
sole() { [ "$(find "$work/out-dir" -name '*.pdf' | wc -l)" -eq "$1" ]; }

expect 0 "init" yinxin init
expect 0 "issue" issue one
expect 0 "issue under the same key, in another process" issue one
expect 0 "the same licence" sole 1
expect 0 "issue another" issue two
expect 0 "another licence" sole 2
pdf=$(find "$work/out-dir" -name '*.pdf' | sort | head -1)
licence=$(basename "$pdf" .sm2-sm3.pdf)
expect 0 "verify: accepted" yinxin verify "$pdf"
expect 0 "suspend" yinxin suspend "$licence" --reason 样本 --basis 样本
expect 1 "verify: refused, the registry knows" yinxin verify "$pdf"
expect 0 "verify without the registry: accepted" yinxin verify "$pdf" --offline
expect 0 "journal check" yinxin journal check --json
expect 0 "every intent and all three events are in the journal" counted "$(cat "$work/out")"
expect 0 "archive check" yinxin archive check
expect 64 "backup: refused" yinxin backup "$work/backup"
expect 1 "no SQLite store was made" test -e "$YINXIN_DATA/store/yinxin.sqlite"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
