#!/bin/bash
# qpdf: structure, cross-reference table and streams of every PDF, without error or warning.
. "$(dirname "$0")/common.sh"
need qpdf qpdf

clean() { # exit code 0 is "no error, no warning"; 2 and 3 are these
  qpdf --check "$1" > "$work/said" 2>&1 || { cat "$work/said"; return 1; }
  grep -q 'No syntax or stream encoding errors found' "$work/said"
}

for file in $(sealed '[a-z0-9-]+'); do
  name=$(basename "$file")
  expect "qpdf, $name" clean "$file"
  sed 's/^startxref$/startxreg/' "$file" > "$work/harmed.pdf"
  refuse "qpdf, $name: a byte of the trailer changed" clean "$work/harmed.pdf"
done
finish
