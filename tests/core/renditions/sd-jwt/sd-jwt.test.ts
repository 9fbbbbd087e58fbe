import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkSuiteSignature, suiteById } from '../../../../src/core/crypto/index.js';
import type { SuiteId } from '../../../../src/core/crypto/index.js';
import {
  canonicalJson,
  der,
  fromBase64url,
  fromLatin1,
  latin1,
  parseJson,
  toBase64url,
  toHex,
  utf8,
} from '../../../../src/core/encoding/index.js';
import type { Json } from '../../../../src/core/errors/index.js';
import { commitmentOf } from '../../../../src/core/licence/index.js';
import { inspectSdJwt, readSdJwtLicence } from '../../../../src/core/renditions/index.js';
import { fromJoseSignature, readCompactJws, toJoseSignature } from '../../../../src/core/renditions/sd-jwt/index.js';
import { miniPki } from '../../../support/mini-pki.js';
import type { MiniPki } from '../../../support/mini-pki.js';
import { REQUIRED, sampleCommitment, sampleLicence } from '../../../support/sample-licence.js';
import { sampleSdJwt } from '../../../support/sample-seal.js';

const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

let sm2: MiniPki;
beforeAll(() => {
  sm2 = miniPki('SM2-SM3');
});

describe('a structured licence', () => {
  it.each<SuiteId>(['SM2-SM3', 'ECDSA-P256-SHA256', 'RSA-PSS-SHA256'])(
    'is composed, read again and its signature is right: %s',
    async (id) => {
      const pki = id === 'SM2-SM3' ? sm2 : miniPki(id);
      const inspection = inspectSdJwt(sampleSdJwt(pki));
      const { jws } = inspection;
      expect(jws.suite.id).toBe(id);
      expect(inspection.typ).toBe('dc+sd-jwt');
      expect(inspection.certificates.map(toHex)).toEqual([toHex(pki.signer.der), toHex(pki.authority.der)]);
      const { suite, signingInput: message, signature } = jws;
      expect(await checkSuiteSignature({ suite, spki: pki.signer.key.spki, message, signature })).toBe(true);
      message[message.length - 1]! ^= 1;
      expect(await checkSuiteSignature({ suite, spki: pki.signer.key.spki, message, signature })).toBe(false);
    },
  );

  it('says what SD-JWT VC asks for, with days of Asia/Shanghai as instants', () => {
    const { payload, claims } = inspectSdJwt(sampleSdJwt(sm2));
    expect(payload).toMatchObject({
      vct: 'urn:uuid:f391dfe0-e717-43f4-9708-a585306b4f6b#residence-certificate/1',
      iss: sampleLicence.issuer.code,
      nbf: Date.parse('2026-03-04T16:00:00Z') / 1000,
      exp: Date.parse('2027-03-04T16:00:00Z') / 1000,
      _sd_alg: 'sm3',
      rendition: 'sd-jwt',
      sample: true,
    });
    expect(claims).toMatchObject({ name: '样本甲', members: [{ name: '样本乙' }] });
    expect(claims).not.toHaveProperty('_sd');
    // No item is in the signed part itself.
    expect(JSON.stringify(payload)).not.toMatch(/样本甲|999999199001010016/);
  });

  it('has no exp when the licence is permanent, no mark when it is no sample, and sha-256 outside the SM2 suite', () => {
    const { payload } = inspectSdJwt(
      sampleSdJwt(miniPki('ECDSA-P256-SHA256'), { licence: { ...sampleLicence, validUntil: null, sample: false } }),
    );
    expect(payload).not.toHaveProperty('exp');
    expect(payload).not.toHaveProperty('sample');
    expect(payload['_sd_alg']).toBe('sha-256');
  });

  it('lets anyone compute the commitment again, however few items are disclosed', () => {
    for (const disclosed of [undefined, [1], []]) {
      const licence = readSdJwtLicence(inspectSdJwt(sampleSdJwt(sm2, {}, disclosed)))!;
      expect(commitmentOf(licence.commitmentBody)).toEqual(sampleCommitment().commitment);
      expect(licence.binding).toEqual({
        licence: sampleLicence.identifier,
        version: '001',
        kind: 'sd-jwt',
        commitment: sampleCommitment().commitment,
        requiredSuites: REQUIRED,
      });
      expect(Object.keys(licence.items)).toHaveLength(disclosed?.length ?? 4);
    }
  });

  it('takes an element of a list that is disclosed for no item', () => {
    const inspection = inspectSdJwt(sampleSdJwt(sm2, {}, [1]));
    const element = { encoded: 'WyJzIiwgMV0', salt: 's', name: null, value: 1 };
    const { items } = readSdJwtLicence({ ...inspection, disclosures: [...inspection.disclosures, element] })!;
    expect(Object.keys(items)).toHaveLength(1);
  });

  const change = (edit: (payload: Record<string, Json>) => void) => {
    const inspection = inspectSdJwt(sampleSdJwt(sm2, {}, []));
    const payload = structuredClone(inspection.payload) as Record<string, Json>;
    edit(payload);
    return { ...inspection, payload };
  };
  it.each<[string, (payload: Record<string, Json>) => void]>([
    ['another rendition', (p) => (p['rendition'] = 'pdf')],
    ['no licence', (p) => delete p['licence']],
    ['no issuer', (p) => (p['issuer'] = 'x')],
    ['no validity', (p) => (p['validity'] = null)],
    ['an end that is a number', (p) => (p['validity'] = { from: '2026-01-01', until: 5 })],
    ['an identifier that is a number', (p) => (p['licence'] = { ...(p['licence'] as object), identifier: 1 })],
    ['a short commitment', (p) => (p['commitment'] = { sha256: '00', sm3: '00' })],
    ['an unknown suite', (p) => (p['requiredSuites'] = ['MD5'])],
    ['no second family of digests', (p) => delete p['itemDigests']],
    ['no digests at all', (p) => delete p['_sd']],
    ['digests that are no texts', (p) => (p['itemDigests'] = { 'sha-256': [1] })],
  ])('is not read as a licence with %s', (_, edit) => {
    const changed = change(edit);
    const licence = readSdJwtLicence(changed);
    // Without `_sd` the list is empty, and so the commitment another one.
    if (licence) expect(commitmentOf(licence.commitmentBody)).not.toEqual(sampleCommitment().commitment);
    else expect(licence).toBeUndefined();
  });
});

describe('inspectSdJwt', () => {
  const text = () => fromLatin1(sampleSdJwt(sm2, {}, [0]));
  const header = (edit: (header: Record<string, Json>) => Json) => {
    const [first, ...rest] = text().split('.');
    const value = parseJson(fromBase64url(first!)) as Record<string, Json>;
    return [toBase64url(canonicalJson(edit(value))), ...rest].join('.');
  };
  const payload = (bytes: Uint8Array) => {
    const parts = text().split('.');
    return [parts[0], toBase64url(bytes), parts[2]].join('.');
  };
  const cases: readonly [string, () => string, string][] = [
    ['nothing', () => '', 'SD_JWT_NOT_COMPACT'],
    ['a line end behind it', () => text() + '\n', 'SD_JWT_NOT_COMPACT'],
    ['two segments', () => text().replace(/\.[^.]*$/, '~'), 'SD_JWT_NOT_COMPACT'],
    ['an empty segment', () => '.' + text(), 'SD_JWT_NOT_COMPACT'],
    ['no tilde', () => text().split('~')[0]!, 'SD_JWT_NOT_COMPACT'],
    ['padding', () => text().replace('.', '=.'), 'SD_JWT_NOT_COMPACT'],
    ['base64url that is not canonical', () => `e.${text().split('.').slice(1).join('.')}`, 'SD_JWT_NOT_COMPACT'],
    ['a key binding token', () => text() + 'eyJ.eyJ.abc', 'SD_JWT_KEY_BINDING'],
    ['an empty disclosure', () => text() + '~', 'SD_JWT_DISCLOSURE_MALFORMED'],
    ['a header that is a list', () => header(() => []), 'SD_JWT_HEADER_MALFORMED'],
    [
      'a header with a repeated name',
      () => [toBase64url(utf8('{"alg":"ES256","alg":"none"}')), ...text().split('.').slice(1)].join('.'),
      'SD_JWT_HEADER_MALFORMED',
    ],
    ['crit', () => header((h) => ({ ...h, crit: ['b64'] })), 'SD_JWT_CRITICAL_HEADER'],
    ['alg none', () => header((h) => ({ ...h, alg: 'none' })), 'SD_JWT_ALGORITHM_REFUSED'],
    ['alg HS256', () => header((h) => ({ ...h, alg: 'HS256' })), 'SD_JWT_ALGORITHM_REFUSED'],
    ['no alg', () => header(({ alg: _, ...h }) => h), 'SD_JWT_HEADER_MALFORMED'],
    ['x5c that is no list', () => header((h) => ({ ...h, x5c: 'x' })), 'SD_JWT_HEADER_MALFORMED'],
    ['x5c with a number', () => header((h) => ({ ...h, x5c: [1] })), 'SD_JWT_HEADER_MALFORMED'],
    ['x5c in base64url', () => header((h) => ({ ...h, x5c: ['-_-_'] })), 'SD_JWT_HEADER_MALFORMED'],
    ['eleven certificates', () => header((h) => ({ ...h, x5c: Array(11).fill('AAAA') })), 'SD_JWT_HEADER_MALFORMED'],
    ['a payload that is no object', () => payload(utf8('[]')), 'SD_JWT_PAYLOAD_MALFORMED'],
    ['a payload with a repeated name', () => payload(utf8('{"a":1,"a":2}')), 'SD_JWT_PAYLOAD_MALFORMED'],
    [
      'a signature of another length',
      () => text().replace(/\.[^.~]*~/, `.${toBase64url(new Uint8Array(63))}~`),
      'SD_JWT_SIGNATURE_MALFORMED',
    ],
    [
      'a disclosure that is not ours',
      () => text() + toBase64url(utf8('["s","n",1]')) + '~',
      'SD_JWT_DISCLOSURE_UNUSED',
    ],
    ['1,001 disclosures', () => text() + 'a~'.repeat(1001), 'SD_JWT_TOO_LARGE'],
    ['five megabytes', () => 'a'.repeat(5_000_000), 'SD_JWT_TOO_LARGE'],
  ];
  it.each(cases)('refuses %s', (_, make, expected) => {
    expect(code(() => inspectSdJwt(latin1(make())))).toBe(expected);
  });

  it('reads a token of somebody else: no typ, no certificates, no proof', () => {
    const inspection = inspectSdJwt(latin1(header(({ alg }) => ({ alg: alg! }))));
    expect(inspection).toMatchObject({ typ: null, certificates: [], journalProof: null });
  });
});

describe('signatures in JOSE form', () => {
  const p256 = suiteById('ECDSA-P256-SHA256');
  it('are padded to their length and come back as they were', () => {
    const small = der.sequence(der.integer(1), der.integer(0xffn << 248n));
    const raw = toJoseSignature(p256, small);
    expect(raw).toHaveLength(64);
    expect(raw[31]).toBe(1);
    expect(toHex(fromJoseSignature(p256, raw))).toBe(toHex(small));
    expect(toJoseSignature(suiteById('ECDSA-P384-SHA384'), small)).toHaveLength(96);
    const rsa = new Uint8Array(256).fill(9);
    expect(fromJoseSignature(suiteById('RSA-PKCS1-SHA256'), toJoseSignature(suiteById('RSA-PKCS1-SHA256'), rsa))).toBe(
      rsa,
    );
  });

  it.each([
    ['three numbers', der.sequence(der.integer(1), der.integer(1), der.integer(1))],
    ['zero', der.sequence(der.integer(0), der.integer(1))],
    ['a negative number', der.sequence(der.integer(-1), der.integer(1))],
    ['33 bytes', der.sequence(der.integer(1n << 256n), der.integer(1))],
  ])('refuse %s', (_, signature) => {
    expect(code(() => toJoseSignature(p256, signature))).toBe('SD_JWT_SIGNATURE_MALFORMED');
  });

  it('are read from a compact JWS of RFC 7515 A.3', () => {
    const jws = readCompactJws(
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.' +
        'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
    );
    const part = (value: string) => fromBase64url(value);
    const point = Uint8Array.of(
      4,
      ...part('f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU'),
      ...part('x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'),
    );
    const spki = der.sequence(
      der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.2.840.10045.3.1.7')),
      der.bitString(point),
    );
    const { suite, signingInput: message, signature } = jws;
    return expect(checkSuiteSignature({ suite, spki, message, signature })).resolves.toBe(true);
  });
});
