import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkSuiteSignature } from '../../src/core/crypto/index.js';
import { der, fromBase64url, fromUtf8 } from '../../src/core/encoding/index.js';
import { readCompactJws } from '../../src/core/renditions/sd-jwt/index.js';
import { tried } from './suite.js';
import type { Suite } from './suite.js';

interface Example {
  readonly input: { readonly payload: string; readonly key?: Readonly<Record<string, string>> };
  readonly output: { readonly compact?: string };
}

const HMAC = 'HMAC proves nothing to a third party; a licence is never signed with it';
const NO_COMPACT = 'it has no compact form, the only one in which a licence stands';

/** The cookbook's examples that verify here, and why the others do not. */
export const JOSE: Suite = {
  name: 'jose-cookbook',
  source: 'RFC 7520 4 and RFC 7797 4, ietf-jose/cookbook',
  vectors: 'jose',
  cases: 10,
  bothPlatforms: false,
  outOfScope: new Map([
    ['jws/4_3.ecdsa_signature.json', 'ES512: P-521 is not in the table of suites'],
    ['jws/4_4.hmac-sha2_integrity_protection.json', HMAC],
    ['jws/4_5.signature_with_detached_content.json', HMAC],
    ['jws/4_6.protecting_specific_header_fields.json', NO_COMPACT],
    ['jws/4_7.protecting_content_only.json', NO_COMPACT],
    ['jws/4_8.multiple_signatures.json', NO_COMPACT],
    ['rfc7797/4.2.hmac-sha2_b64_false.json', HMAC],
    ['rfc7797/hmac-sha2_b64_false.json', HMAC],
  ]),
  run: (folder) =>
    Promise.all(
      ['jws', 'rfc7797']
        .flatMap((set) => readdirSync(join(folder, set)).map((name) => `${set}/${name}`))
        .filter((name) => name.endsWith('.json'))
        .map((name) => tried(name, () => verifies(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Example))),
    ),
};

async function verifies({ input, output }: Example): Promise<boolean> {
  const { suite, signingInput: message, signature, payload } = readCompactJws(output.compact!);
  const spki = rsaSpki(input.key!);
  const changed = message.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
  return (
    fromUtf8(payload) === input.payload &&
    (await checkSuiteSignature({ suite, spki, message, signature })) &&
    !(await checkSuiteSignature({ suite, spki, message: changed, signature }))
  );
}

function rsaSpki(key: Readonly<Record<string, string>>): Uint8Array {
  const inner = der.sequence(der.unsigned(fromBase64url(key['n']!)), der.unsigned(fromBase64url(key['e']!)));
  return der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null()), der.bitString(inner));
}
