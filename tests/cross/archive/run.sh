#!/bin/sh
# Foreign validators judge our OCFL objects and bags: ocfl-py and bagit (PyPI), and sha512sum.
# Usage: run.sh [DIRECTORY]   a directory for the virtual environment and the samples; a new temporary one by default.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
work=${1:-$(mktemp -d)}
mkdir -p "$work"
samples="$work/samples"
rm -rf "$samples"

[ -x "$work/venv/bin/ocfl-validate.py" ] || {
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" -q install --disable-pip-version-check ocfl-py==2.1.0 bagit==1.9.0 'setuptools<81'
}
bin="$work/venv/bin"
node scripts/build.mjs --if-stale
node "$here/write-samples.mjs" "$samples"

# The same harm to the root and to the bag.
one=$(find "$samples/root-changed" -name licence.json | sort | head -1); printf '[]' > "$one"
rm "$(find "$samples/root-removed" -name licence.json | sort | head -1)"
touch "$(dirname "$(find "$samples/root-added" -name licence.json | sort | head -1)")/more"
printf '[]' > "$samples/bag-changed/data/data/result/licence.json"
rm "$samples/bag-removed/data/data/result/licence.json"
touch "$samples/bag-added/data/more"

passed=0
failed=0
# expect accepted|refused NAME COMMAND...
expect() {
  wanted=$1; name=$2; shift 2
  if "$@" > "$work/log" 2>&1; then got=accepted; else got=refused; fi
  if [ "$got" = "$wanted" ]; then passed=$((passed + 1)); echo "ok      $name: $got"; else
    failed=$((failed + 1)); echo "FAILED  $name: $got, not $wanted"; cat "$work/log"; fi
}
objects() { find "$1" -name '0=ocfl_object_*' -exec dirname {} \; | sort; }

expect accepted "ocfl-py, storage root" "$bin/python" "$here/validate_root.py" "$samples/root-good"
for object in $(objects "$samples/root-good"); do
  expect accepted "ocfl-py, object $(basename "$object" | cut -c1-8)" "$bin/ocfl-validate.py" "$object"
done
for harm in changed removed added; do
  expect refused "ocfl-py, a file $harm" "$bin/python" "$here/validate_root.py" "$samples/root-$harm"
done
mv "$(objects "$samples/root-good" | head -1)" "$samples/root-good/elsewhere"
expect refused "ocfl-py, an object moved" "$bin/python" "$here/validate_root.py" "$samples/root-good"
expect accepted "bagit, bag" "$bin/bagit.py" --validate "$samples/bag-good"
expect accepted "sha512sum, bag" sh -c "cd '$samples/bag-good' && sha512sum --strict --quiet -c manifest-sha512.txt tagmanifest-sha512.txt"
for harm in changed removed added; do
  expect refused "bagit, a file $harm" "$bin/bagit.py" --validate "$samples/bag-$harm"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
