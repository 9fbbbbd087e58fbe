#!/bin/bash
# The reference implementation of SD-JWT, and OpenSSL for SM2, judge the structured renditions.
. "$(dirname "$0")/common.sh"
need openssl openssl
need_python sd-jwt==0.10.4 cryptography==50.0.2
mapfile -t tokens < <(find "$files" -maxdepth 1 -name '*.sd-jwt' | sort)
[ "${#tokens[@]}" -gt 0 ]
"$python" "$here/sd_jwt_check.py" "$trust" "${tokens[@]}"
