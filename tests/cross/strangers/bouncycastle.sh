#!/bin/bash
# BouncyCastle judges every sealed PDF, SM2 included.
. "$(dirname "$0")/common.sh"
need_java "$here/bouncycastle"
mapfile -t pdfs < <(sealed 'sm2-sm3|ecdsa-p256-sha256|rsa-pkcs1-sha256|rsa-pss-sha256')
[ "${#pdfs[@]}" -gt 0 ]
java -cp "$classpath" BouncyCastleCheck "$trust" "${pdfs[@]}"
