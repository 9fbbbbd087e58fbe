# Read by every shell script here. Each takes FILES and TRUST: a folder of sealed files, a trust directory.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 FILES TRUST" >&2; exit 64; }
files=$(cd "$1" && pwd)
trust=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cache=${YINXIN_CACHE:-$root/.cache}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# expect NAME COMMAND...: the command must succeed. Its output is shown when it does not.
expect() {
  local name=$1; shift
  if "$@" > "$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"
  else failed=$((failed + 1)); echo "FAILED  $name"; head -c 4000 "$work/log"; fi
}

# refuse NAME COMMAND...: the command must fail, and not because it is missing or was killed.
refuse() {
  local name=$1 code=0; shift
  "$@" > "$work/log" 2>&1 || code=$?
  if [ "$code" -gt 0 ] && [ "$code" -lt 126 ]; then passed=$((passed + 1)); echo "ok      $name"
  else failed=$((failed + 1)); echo "FAILED  $name: exit code $code"; head -c 4000 "$work/log"; fi
}

# need COMMAND PACKAGE: installs the Debian package when the command is not there.
need() {
  command -v "$1" > /dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" > /dev/null; }
}

# need_python PACKAGE...: a virtual environment of exactly these packages, with its name in $python.
need_python() {
  local venv="$cache/python-$(printf '%s\n' "$@" | cksum | cut -d' ' -f1)"
  python=$venv/bin/python
  [ -e "$venv/complete" ] && return
  need python3 python3
  rm -rf "$venv"
  python3 -m venv "$venv" || { apt-get update -qq && apt-get install -y -qq python3-venv > /dev/null && python3 -m venv "$venv"; }
  "$venv/bin/pip" -q install --disable-pip-version-check "$@"
  touch "$venv/complete"
}

# sealed SUITES: the PDFs in these suites, as an extended regular expression; at least one must be there.
sealed() {
  local found
  found=$(find "$files" -maxdepth 1 -name '*.pdf' | grep -E "\.($1)(\.[0-9]+)?\.pdf$" | sort) || { echo "no PDF in $1 under $files" >&2; exit 1; }
  printf '%s\n' "$found"
}

# flip IN OUT: changes one bit of the byte at a third of the file, which the seal covers.
flip() {
  local at byte
  at=$(($(stat -c %s "$1") / 3))
  byte=$(od -An -tu1 -j "$at" -N 1 "$1")
  cp "$1" "$2"
  printf "$(printf '\\%03o' $((byte ^ 1)))" | dd of="$2" bs=1 seek="$at" conv=notrunc status=none
}

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# need_java PROJECT: the jars of PROJECT/pom.xml and its compiled sources; answers in $classpath.
need_java() {
  local place
  place="$cache/java-$(basename "$1")-$(cat "$1"/pom.xml "$1"/*.java | cksum | cut -d' ' -f1)"
  classpath="$place/classes:$place/jars/*"
  need javac default-jdk-headless
  [ -e "$place/complete" ] && return
  need mvn maven
  rm -rf "$place"
  mvn -q -B -Dstyle.color=never -f "$1/pom.xml" dependency:copy-dependencies -DoutputDirectory="$place/jars"
  javac -Xlint:all,-processing,-path -cp "$place/jars/*" -d "$place/classes" "$1"/*.java
  touch "$place/complete"
}
