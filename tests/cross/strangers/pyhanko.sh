#!/bin/bash
# pyHanko judges our RSA and ECDSA PDFs, offline, with our roots and CRLs.
. "$(dirname "$0")/common.sh"
need_python pyhanko==0.38.0 pyhanko-certvalidator==0.33.0
mapfile -t pdfs < <(sealed 'ecdsa-p256-sha256|rsa-pkcs1-sha256|rsa-pss-sha256')
[ "${#pdfs[@]}" -gt 0 ]
"$python" "$here/pyhanko_validates.py" "$trust" "${pdfs[@]}"
