#!/bin/bash
# emmansun/gmsm (Go) judges the SM2 PDFs: the whole CMS, the path and the CRLs.
. "$(dirname "$0")/common.sh"
need go golang
mapfile -t pdfs < <(sealed 'sm2-sm3')
[ "${#pdfs[@]}" -gt 0 ]
(cd "$here/gmsm" && go build -o "$work/gmsmcheck" .)
"$work/gmsmcheck" "$trust" "${pdfs[@]}"
