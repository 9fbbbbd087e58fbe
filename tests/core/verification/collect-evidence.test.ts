import { beforeAll, describe, expect, it } from '@jest/globals';
import { der, fromLatin1, latin1 } from '../../../src/core/encoding/index.js';
import { readCertificate, readCertificateList } from '../../../src/core/pki/index.js';
import { OID_RENDITION_BINDING } from '../../../src/core/renditions/index.js';
import {
  collectEvidence,
  establish,
  inspect,
  judge,
  needsOf,
  policyByName,
} from '../../../src/core/verification/index.js';
import type { Gathered } from '../../../src/core/verification/index.js';
import { testLog } from '../../support/journal-keys.js';
import { makeCertificate, miniPki, testKey } from '../../support/mini-pki.js';
import type { MiniPki } from '../../support/mini-pki.js';
import { BODIES, CMS, ROOT, plainPdf, replaced, reserved, sealedPdf, stream } from '../../support/pdf-samples.js';
import { JUDGED_AT } from '../../support/sample-facts.js';
import { sampleCms, sampleSdJwt } from '../../support/sample-seal.js';
import { contentDigest, sealPdf } from '../../../src/core/renditions/index.js';

let pki: MiniPki;
let world: Gathered;
beforeAll(() => {
  pki = miniPki('ECDSA-P256-SHA256');
  world = {
    at: JUDGED_AT,
    anchors: [readCertificate(pki.root.der)],
    intermediates: [readCertificate(pki.authority.der)],
    crls: pki.crls.map(readCertificateList),
    journals: [testLog],
    registry: { asked: false },
  };
});

const report = async (bytes: Uint8Array, policy = 'open', gathered = world) =>
  judge(await establish(collectEvidence(inspect(bytes), gathered)), policyByName(policy), JUDGED_AT);

/** A small PDF of somebody else with a real CMS. */
function foreignPdf(input: Partial<Parameters<typeof sampleCms>[0]> = {}): Uint8Array {
  const room = { 7: BODIES[7]!.replace(/<0+>>>$/, `<${'0'.repeat(8000)}>>>`) };
  const unsealed = reserved(plainPdf({ ...BODIES, ...room }));
  const messageDigest = contentDigest(unsealed, pki.suite.hash);
  return sealPdf(unsealed, sampleCms({ pki, messageDigest, binding: null, ...input }));
}

describe('collectEvidence', () => {
  it('of a structured licence: the file itself is the token', async () => {
    expect(await report(sampleSdJwt(pki), 'strict')).toMatchObject({ verdict: 'accepted', file: { kind: 'sd-jwt' } });
  });

  it('of a PDF of somebody else: accepted by open, with an authority that only the caller knows', async () => {
    const alone = foreignPdf({ certificates: [pki.signer.der] });
    expect(await report(alone)).toMatchObject({
      verdict: 'accepted',
      licence: null,
      signatures: [{ indication: 'TOTAL_PASSED' }],
    });
    expect(await report(alone, 'open', { ...world, intermediates: [] })).toMatchObject({
      verdict: 'undetermined',
      reasons: [{ code: 'ISSUER_UNKNOWN' }],
    });
    expect((await report(alone, 'strict')).verdict).toBe('refused');
  });

  it('of a PDF whose signature is no CMS, is empty or covers something else', async () => {
    for (const bytes of [
      sealedPdf(),
      sealPdf(reserved(plainPdf(BODIES)), new Uint8Array(0)),
      replaced(foreignPdf(), '/ByteRange[0', '/ByteRange[1'),
    ]) {
      const result = await report(bytes);
      expect(result).toMatchObject({
        verdict: 'refused',
        signatures: [{ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' }],
      });
    }
    expect(needsOf(inspect(sealedPdf()))).toEqual({ issuers: [], licences: [] });
    expect(CMS).toHaveLength(12);
  });

  it('of a PDF whose signature value is missing', async () => {
    const broken = BODIES[7]!.replace(/\/Contents<0+>/, '');
    for (const value of [broken, broken.replace('[0 *', '[0 1 2 3')])
      expect(await report(plainPdf({ ...BODIES, 7: value }))).toMatchObject({
        verdict: 'refused',
        signatures: [{ indication: 'TOTAL_FAILED', signer: null }],
      });
  });
});

describe('needsOf', () => {
  it('asks for the authorities of structured data inside a PDF, and for nothing of other files or of broken data', () => {
    const holding = (mediaType: string, data: Uint8Array) =>
      sealedPdf({
        1: ROOT.replace('/AcroForm', '/AF[11 0 R]/AcroForm'),
        11: '<</F(data)/EF<</F 12 0 R>>>>',
        12: stream(fromLatin1(data), `/Subtype/${mediaType}`),
      });
    const token = 'application#2fdc+sd-jwt';
    const issuers = (bytes: Uint8Array) => needsOf(inspect(bytes)).issuers.length;
    expect(issuers(holding(token, sampleSdJwt(pki)))).toBe(2);
    expect(issuers(holding('text#2fplain', sampleSdJwt(pki)))).toBe(0);
    expect(issuers(holding(token, latin1('a.b.c~')))).toBe(0);
  });

  it('takes no licence from a malformed or doubled binding', () => {
    const spoilt = (values: readonly Uint8Array[]) =>
      foreignPdf({ attributes: (own) => [...own, { oid: OID_RENDITION_BINDING, values }] });
    expect(needsOf(inspect(spoilt([der.null()]))).licences).toEqual([]);
    expect(needsOf(inspect(spoilt([der.null(), der.null()]))).licences).toEqual([]);
  });

  it('takes nothing from a token whose certificates cannot be read or that is no licence', () => {
    const [header, payload, rest] = fromLatin1(sampleSdJwt(pki, {}, [])).split('.');
    const edited = JSON.parse(Buffer.from(header!, 'base64url').toString()) as Record<string, unknown>;
    const spoilt = Buffer.from(JSON.stringify({ ...edited, x5c: ['AAAA'] })).toString('base64url');
    expect(needsOf(inspect(latin1([spoilt, payload, rest].join('.'))))).toMatchObject({
      issuers: [],
      licences: [expect.any(String)],
    });
    const foreign = Buffer.from('{"iss":"x"}').toString('base64url');
    expect(needsOf(inspect(latin1([header, foreign, rest].join('.'))))).toMatchObject({ licences: [] });
  });
});

describe('certificates of unusual kinds', () => {
  it('are described as far as they say something', async () => {
    const key = testKey('ED25519');
    const own = { subject: { name: '' }, key };
    const signer = {
      ...pki.signer,
      key,
      der: makeCertificate({ ...own, issuer: pki.authority, serial: 5, usage: [] }),
    };
    const bytes = foreignPdf({ pki: { ...pki, suite: key.suite, signer } });
    const result = await report(bytes);
    expect(result.verdict).toBe('refused');
    expect(result.signatures[0]!.signer).toMatchObject({ name: '', organisation: '' });
    expect(result.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['ALGORITHM_NOT_ACCEPTED', 'KEY_TOO_WEAK']),
    );
  });
});
