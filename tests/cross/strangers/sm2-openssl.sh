#!/bin/bash
# OpenSSL and asn1crypto judge the SM2 PDFs, part by part.
. "$(dirname "$0")/common.sh"
need openssl openssl
need_python asn1crypto==1.5.1
mapfile -t pdfs < <(sealed 'sm2-sm3')
[ "${#pdfs[@]}" -gt 0 ]
"$python" "$here/sm2_openssl.py" "$trust" "${pdfs[@]}"
