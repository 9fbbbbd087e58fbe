#!/bin/bash
# poppler's pdfsig, on NSS: the seal, what it covers, and the certificate path with its CRLs to our root.
# SM2 is not among what NSS knows; see sm2-openssl.sh, sm2-java and sm2-go.
. "$(dirname "$0")/common.sh"
need pdfsig poppler-utils
need certutil libnss3-tools

# Two databases: one that trusts our roots and holds the CRLs, one that knows nobody.
for name in trusting empty; do
  mkdir "$work/$name"
  certutil -N -d "sql:$work/$name" --empty-password
done
for family in ecdsa rsa; do
  certutil -A -d "sql:$work/trusting" -n "$family-root" -t 'CT,CT,CT' -a -i "$trust/anchors/$family-root.cer"
  certutil -A -d "sql:$work/trusting" -n "$family-issuing" -t ',,' -a -i "$trust/intermediates/$family-issuing.cer"
  for issuer in root issuing; do crlutil -I -d "sql:$work/trusting" -i "$trust/crls/$family-$issuer.crl"; done
done

says() { # says DATABASE FILE LINE...: pdfsig prints each of these lines
  local database=$1 file=$2 line; shift 2
  pdfsig -nssdir "$work/$database" -no-ocsp "$file" | tee "$work/said"
  for line in "$@"; do grep -qF -- "  - $line" "$work/said" || { echo "not said: $line"; return 1; }; done
}

for file in $(sealed 'ecdsa-p256-sha256|rsa-pkcs1-sha256|rsa-pss-sha256'); do
  name=$(basename "$file")
  expect "pdfsig, $name: valid, total, trusted" says trusting "$file" 'Signature Type: ETSI.CAdES.detached' \
    'Total document signed' 'Signature Validation: Signature is Valid.' 'Certificate Validation: Certificate is Trusted.'
  expect "pdfsig, $name: nobody trusted" says empty "$file" 'Certificate Validation: Certificate issuer is unknown.'
  flip "$file" "$work/flipped.pdf"
  expect "pdfsig, $name: a byte changed" says trusting "$work/flipped.pdf" 'Signature Validation: Digest Mismatch.'
  { cat "$file"; echo; echo '% more'; } > "$work/longer.pdf"
  expect "pdfsig, $name: something added" says trusting "$work/longer.pdf" 'Not total document signed'
done
finish
