import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { toBase64url, utf8 } from '../../../../src/core/encoding/index.js';
import { readCompactJws } from '../../../../src/core/renditions/sd-jwt/index.js';
import { JOSE } from '../../../conformance/jose.js';
import { testSuite } from '../../../support/test-suite.js';
import { vectorsDir } from '../../../support/vectors.js';

const folder = vectorsDir('jose');
const example = (path: string) =>
  JSON.parse(readFileSync(join(folder!, path), 'utf8')) as {
    readonly input: { readonly payload: string; readonly key?: Readonly<Record<string, string>> };
    readonly output: {
      readonly compact?: string;
      readonly json_flat?: { protected: string; payload: string; signature: string };
    };
  };

const refusal = (text: string): string => {
  try {
    readCompactJws(text);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'read';
};

testSuite(JOSE);

(folder === undefined ? describe.skip : describe)('of the JWS examples of RFC 7520 and RFC 7797', () => {
  it.each([
    // ES512 (P-521) and HMAC are not in the suite table; a detached payload and `b64: false` are other forms.
    ['jws/4_3.ecdsa_signature.json', 'SD_JWT_ALGORITHM_REFUSED'],
    ['jws/4_4.hmac-sha2_integrity_protection.json', 'SD_JWT_ALGORITHM_REFUSED'],
    ['rfc7797/hmac-sha2_b64_false.json', 'SD_JWT_CRITICAL_HEADER'],
    ['jws/4_5.signature_with_detached_content.json', 'SD_JWT_NOT_COMPACT'],
  ])('%s is refused as %s', (path, code) => {
    const { output } = example(path);
    expect(refusal(output.compact!)).toBe(code);
  });

  it('RFC 7797 4.2 is refused: HMAC, and `b64` without `crit`', () => {
    const { protected: header, payload, signature } = example('rfc7797/4.2.hmac-sha2_b64_false.json').output.json_flat!;
    expect(refusal(`${header}.${toBase64url(utf8(payload))}.${signature}`)).toBe('SD_JWT_ALGORITHM_REFUSED');
  });

  it.each(['4_6.protecting_specific_header_fields', '4_7.protecting_content_only', '4_8.multiple_signatures'])(
    '%s has no compact form, which is the only one here',
    (name) => expect(example(`jws/${name}.json`).output.compact).toBeUndefined(),
  );
});
