#!/bin/bash
# Our verifier judges what others signed under our roots, and a letter changed in each.
# FILES is here the folder of keys and certificates (`signers` of make-samples.mjs); needs `npm ci` and a build.
. "$(dirname "$0")/common.sh"
need openssl openssl
need_python pyhanko==0.38.0 pyhanko-certvalidator==0.33.0
mkdir "$work/theirs"
"$python" "$here/theirs_sign.py" "$files" "$work/theirs" > "$work/names"

judged() { # judged CODE WORD TRUST FILE: this exit code, and this word in the report
  local wanted=$1 word=$2 believed=$3 file=$4 code=0
  node "$root/dist/surfaces/cli/yinxin.js" verify "$file" --trust "$believed" --policy open --offline --json > "$work/report" || code=$?
  [ "$code" -eq "$wanted" ] && grep -qF "\"$word\"" "$work/report" && return
  echo "exit code $code"
  cat "$work/report"
  return 1
}

# Without the roots under which these were signed.
mkdir -p "$work/other/anchors"
cp "$trust/anchors/sm2-root.cer" "$work/other/anchors/"

while read -r name; do
  case $name in
    *-revoked) expect "ours, $name: refused" judged 1 REVOKED "$trust" "$work/theirs/$name.pdf" ;;
    # Of RSA-PSS the table of suites has the salt as long as the digest, as RFC 4055 advises.
    *-longest-salt) expect "ours, $name: refused" judged 1 ALGORITHM_NOT_ACCEPTED "$trust" "$work/theirs/$name.pdf" ;;
    *)
      expect "ours, $name: accepted" judged 0 TOTAL_PASSED "$trust" "$work/theirs/$name.pdf"
      expect "ours, $name: without its root" judged 2 NO_CERTIFICATE_CHAIN_FOUND "$work/other" "$work/theirs/$name.pdf"
      ;;
  esac
  expect "ours, $name: a letter changed" judged 1 HASH_FAILURE "$trust" "$work/theirs/$name.changed.pdf"
done < "$work/names"
finish
