#!/bin/bash
# veraPDF judges every PDF against PDF/A-3B.
. "$(dirname "$0")/common.sh"
need_java "$here/verapdf"
mapfile -t pdfs < <(sealed '[a-z0-9-]+')
[ "${#pdfs[@]}" -gt 0 ]
java -cp "$classpath" VeraPdfCheck "${pdfs[@]}"
