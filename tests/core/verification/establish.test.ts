import { beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { suiteById } from '../../../src/core/crypto/index.js';
import type { SuiteId } from '../../../src/core/crypto/index.js';
import { concat, der, fromLatin1, latin1, readDer, tlv, toHex } from '../../../src/core/encoding/index.js';
import { ATTRIBUTE_OIDS, readCertificate, signedAttributes, signedData } from '../../../src/core/pki/index.js';
import type { Attribute } from '../../../src/core/pki/index.js';
import { OID_JOURNAL_PROOF, OID_RENDITION_BINDING, encodeBinding } from '../../../src/core/renditions/index.js';
import {
  emptyCache,
  establish,
  judge,
  policyByName,
  readEvidence,
  writeEvidence,
} from '../../../src/core/verification/index.js';
import type { Evidence, VerificationReport } from '../../../src/core/verification/index.js';
import { attributeSetOf } from '../../support/attribute-set.js';
import { YEAR, makeCertificate, makeCrl, miniPki, testKey } from '../../support/mini-pki.js';
import type { MiniPki } from '../../support/mini-pki.js';
import { sampleBinding, sampleLicence } from '../../support/sample-licence.js';
import { sampleCms, sampleSdJwt } from '../../support/sample-seal.js';
import { CONTENT, sampleEvidence } from '../../support/sample-evidence.js';
import { JUDGED_AT, registryAnswer } from '../../support/sample-facts.js';

const strict = policyByName('strict');
const report = async (evidence: Evidence, policy = strict): Promise<VerificationReport> =>
  judge(await establish(evidence), policy, new Date(evidence.at));
const seal = async (evidence: Evidence, policy = strict) => (await report(evidence, policy)).signatures[0]!;
const codes = (one: VerificationReport) => one.reasons.map(({ code }) => code);

let pki: MiniPki;
let digest: Uint8Array;
beforeAll(() => {
  pki = miniPki('ECDSA-P256-SHA256');
  digest = hash('sha256', CONTENT);
});

describe('establish', () => {
  it.each<SuiteId>(['SM2-SM3', 'ECDSA-P256-SHA256', 'RSA-PKCS1-SHA256', 'RSA-PSS-SHA256'])(
    'finds a seal of ours in order: %s',
    async (id) => {
      const own = id === 'ECDSA-P256-SHA256' ? pki : miniPki(id);
      const result = await report(sampleEvidence(own));
      expect(codes(result)).toEqual([]);
      expect(result.verdict).toBe('accepted');
      expect(result.signatures).toMatchObject([
        {
          id: 'signature-1',
          indication: 'TOTAL_PASSED',
          intact: true,
          suite: id,
          revocationChecked: true,
          signer: { name: '99990000000001' },
        },
        { id: 'attachment-1', indication: 'TOTAL_PASSED', intact: true, suite: id, revocationChecked: true },
      ]);
      expect(result.fragments).toEqual({
        integrity: 'passed',
        seal: 'passed',
        licence: 'not-applicable',
        issuer: 'passed',
      });
    },
  );

  it('gives the same report from recorded evidence, with and without what it computed before', async () => {
    const evidence = sampleEvidence(pki, { registry: { asked: true, answer: registryAnswer } });
    const cache = emptyCache();
    const first = judge(await establish(evidence, cache), strict, JUDGED_AT);
    expect(judge(await establish(evidence, cache), strict, JUDGED_AT)).toEqual(first);
    expect(judge(await establish(readEvidence(writeEvidence(evidence))), strict, JUDGED_AT)).toEqual(first);
    expect(first.fragments.licence).toBe('passed');
  });

  it('does not take from its cache a checkpoint that was right by other keys', async () => {
    const cache = emptyCache();
    const right = sampleEvidence(pki);
    expect(judge(await establish(right, cache), strict, JUDGED_AT).verdict).toBe('accepted');
    const [journal] = right.journals;
    const [first, second] = journal!.keys;
    const keys = [first!, { ...second!, spki: Buffer.from(testKey('SM2-SM3').spki).toString('base64') }];
    const others = sampleEvidence(pki, { journals: [{ ...journal!, keys }] });
    const states = (await establish(others, cache)).signatures.map(({ journal: { state } }) => state);
    expect(states).toEqual(states.map(() => 'wrong'));
  });

  it('does not take a defect of its own for a wrong journal proof', async () => {
    const checkpoints = {
      get: () => {
        throw new RangeError('out of memory');
      },
      set: () => new Map(),
      delete: () => false,
    };
    await expect(establish(sampleEvidence(pki), { ...emptyCache(), checkpoints })).rejects.toThrow(RangeError);
  });

  it('does not believe evidence whose objects are not what their names say', () => {
    const text = fromLatin1(writeEvidence(sampleEvidence(pki)));
    const spoil = (change: (text: string) => string) => () => readEvidence(latin1(change(text)));
    expect(spoil((t) => t.replace('"bytes":"MII', '"bytes":"MIJ'))).toThrow('not verification evidence');
    expect(spoil((t) => t.replace('evidence/1', 'evidence/2'))).toThrow('not verification evidence');
    expect(spoil((t) => t.slice(1))).toThrow('not verification evidence');
    expect(spoil(() => 'null')).toThrow('not verification evidence');
  });

  it('refuses evidence that lacks an object it names', async () => {
    const evidence = sampleEvidence(pki);
    await expect(establish({ ...evidence, objects: new Map() })).rejects.toMatchObject({ code: 'EVIDENCE_MALFORMED' });
  });
});

describe('attacks on the CMS', () => {
  const cms = (input: Partial<Parameters<typeof sampleCms>[0]> = {}) =>
    sampleCms({ pki, messageDigest: digest, binding: sampleBinding('pdf'), ...input });
  const without = (oid: string) => (own: readonly Attribute[]) => own.filter((one) => one.oid !== oid);
  const evidence = (value: Uint8Array) => sampleEvidence(pki, { cms: value });
  const failing = async (value: Uint8Array) => {
    const one = await seal(evidence(value));
    return one.findings
      .filter(({ result, level }) => (result === 'failed' || result === 'undetermined') && level === 'fail')
      .map(({ check }) => check);
  };

  it('a changed document: the digest differs', async () => {
    const one = await seal(sampleEvidence(pki, { digests: { sha256: toHex(hash('sha256', latin1('other'))) } }));
    expect(one).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE', intact: false });
  });

  it('a digest attribute exchanged for that of the changed document: the signature is wrong', async () => {
    const other = hash('sha256', latin1('other document'));
    const made = cms();
    const at = made.findIndex((_, i) => toHex(made.subarray(i, i + 32)) === toHex(digest));
    const forged = made.slice();
    forged.set(other, at);
    const one = await seal(sampleEvidence(pki, { cms: forged, digests: { sha256: toHex(other) } }));
    expect(one).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'SIG_CRYPTO_FAILURE', intact: false });
  });

  it('nothing at all, or no CMS: unreadable', async () => {
    for (const value of [new Uint8Array(0), latin1('hello'), der.sequence()])
      expect(await seal(evidence(value))).toMatchObject({
        indication: 'TOTAL_FAILED',
        subIndication: 'FORMAT_FAILURE',
        intact: false,
        signer: null,
      });
    const base = evidence(cms());
    const none = { ...base, pdf: { ...base.pdf!, signatures: [{ ...base.pdf!.signatures[0]!, cms: null }] } };
    expect(await seal(none)).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' });
  });

  it('no signer inside', async () => {
    const set = tlv(0x31, new Uint8Array(0));
    const inner = der.sequence(der.integer(1), set, der.sequence(der.oid('1.2.840.113549.1.7.1')), set);
    const one = await seal(evidence(der.sequence(der.oid('1.2.840.113549.1.7.2'), der.explicit(0, inner))));
    expect(one.findings[0]).toMatchObject({
      check: 'signature.readable',
      result: 'failed',
      details: { code: 'CMS_NO_SIGNER' },
    });
  });

  it('signed attributes taken away: content that could be attributes, or attributes that could be content', async () => {
    const { signer, authority, suite } = pki;
    const { issuer, serial } = readCertificate(signer.der);
    const signature = signer.key.sign(CONTENT);
    const info = der.sequence(
      der.integer(1),
      der.sequence(issuer.der, der.integer(serial)),
      suite.digestAlgorithm,
      suite.signatureAlgorithm,
      der.octetString(signature),
    );
    const inner = der.sequence(
      der.integer(1),
      der.setOf(suite.digestAlgorithm),
      der.sequence(der.oid('1.2.840.113549.1.7.1')),
      tlv(0xa0, concat([signer.der, authority.der])),
      der.setOf(info),
    );
    const value = der.sequence(der.oid('1.2.840.113549.1.7.2'), der.explicit(0, inner));
    expect(await failing(value)).toEqual(
      expect.arrayContaining(['cms.signed-attributes', 'cms.message-digest', 'signature.value']),
    );
    expect((await report(evidence(value), policyByName('open'))).verdict).toBe('refused');
  });

  it('the set of attributes as content of its own', async () => {
    const set = attributeSetOf(
      signedAttributes({
        messageDigest: digest,
        signingCertificate: readCertificate(pki.signer.der),
        suite: pki.suite,
      }),
      (own) => own,
    );
    const made = readDer(cms());
    const [type, wrapped] = made.children;
    const [version, digests, , certificates, signers] = wrapped!.children[0]!.children.map(({ bytes }) => bytes);
    const content = der.sequence(der.oid('1.2.840.113549.1.7.1'), der.explicit(0, der.octetString(set)));
    const value = der.sequence(
      type!.bytes,
      der.explicit(0, der.sequence(version!, digests!, content, certificates!, signers!)),
    );
    expect(await failing(value)).toEqual(['cms.detached', 'cms.signed-attributes']);
  });

  it('attributes in another order than DER: strict refuses, though they are verified over the DER', async () => {
    const made = cms();
    const set = readDer(made).children[1]!.children[0]!.children[4]!.children[0]!.children[3]!;
    const swapped = concat([...set.children].reverse().map(({ bytes }) => bytes));
    const at = made.length - (made.length - set.contents.byteOffset + made.byteOffset);
    const forged = made.slice();
    forged.set(swapped, at);
    expect(await failing(forged)).toEqual(['cms.attribute-order']);
    expect((await report(evidence(forged), policyByName('open'))).verdict).toBe('accepted');
  });

  it('a signature that is right for the attributes as sent but not for their DER: wrong', async () => {
    const made = cms();
    const set = readDer(made).children[1]!.children[0]!.children[4]!.children[0]!.children[3]!;
    const sent = tlv(0x31, concat([...set.children].reverse().map(({ bytes }) => bytes)));
    const value = signedData({
      suite: pki.suite,
      signedAttributes: sent,
      signature: pki.signer.key.sign(sent),
      certificates: [pki.signer.der, pki.authority.der],
    });
    expect(await failing(value)).toEqual(['cms.attribute-order', 'signature.value']);
    expect((await report(evidence(value), policyByName('open'))).verdict).toBe('refused');
  });

  it('indefinite lengths: a finding in open, refused by strict', async () => {
    const made = readDer(cms());
    const value = concat([Uint8Array.of(0x30, 0x80), made.contents, Uint8Array.of(0, 0)]);
    expect(await failing(value)).toEqual(['cms.encoding']);
    expect((await report(evidence(value), policyByName('open'))).verdict).toBe('accepted');
  });

  it('junk behind the DER; zeros are padding', async () => {
    expect(await failing(concat([cms(), Uint8Array.of(0, 0, 7)]))).toEqual(['cms.trailing-data']);
    expect(await failing(concat([cms(), new Uint8Array(20)]))).toEqual([]);
  });

  it.each<[string, (own: readonly Attribute[]) => readonly Attribute[], readonly string[]]>([
    ['no message digest', without(ATTRIBUTE_OIDS.messageDigest), ['cms.message-digest']],
    [
      'two message digests',
      (own) =>
        own.map((one) =>
          one.oid === ATTRIBUTE_OIDS.messageDigest
            ? { ...one, values: [one.values[0]!, der.octetString(new Uint8Array(32))] }
            : one,
        ),
      ['cms.message-digest'],
    ],
    [
      'a message digest that is no octet string',
      (own) =>
        own.map((one) => (one.oid === ATTRIBUTE_OIDS.messageDigest ? { ...one, values: [der.integer(1)] } : one)),
      ['cms.message-digest'],
    ],
    ['no content type', without(ATTRIBUTE_OIDS.contentType), ['cms.content-type']],
    [
      'another content type',
      (own) =>
        own.map((one) => (one.oid === ATTRIBUTE_OIDS.contentType ? { ...one, values: [der.oid('1.2.3')] } : one)),
      ['cms.content-type'],
    ],
    ['no signing certificate', without(ATTRIBUTE_OIDS.signingCertificateV2), ['cms.signing-certificate']],
    [
      'a malformed signing certificate',
      (own) =>
        own.map((one) => (one.oid === ATTRIBUTE_OIDS.signingCertificateV2 ? { ...one, values: [der.null()] } : one)),
      ['cms.signing-certificate-match'],
    ],
    ['no binding', without(OID_RENDITION_BINDING), ['binding.present', 'journal.intent']],
    [
      'a malformed binding',
      (own) => own.map((one) => (one.oid === OID_RENDITION_BINDING ? { ...one, values: [der.null()] } : one)),
      ['binding.present', 'journal.intent'],
    ],
    [
      'two bindings',
      (own) =>
        own.map((one) => (one.oid === OID_RENDITION_BINDING ? { ...one, values: [...one.values, der.null()] } : one)),
      ['binding.present', 'journal.intent'],
    ],
    [
      'the binding of another kind',
      (own) =>
        own.map((one) =>
          one.oid === OID_RENDITION_BINDING ? { ...one, values: [encodeBinding(sampleBinding('ofd'))] } : one,
        ),
      ['binding.kind', 'journal.intent'],
    ],
    ['no journal proof', without(OID_JOURNAL_PROOF), ['journal.proof']],
    [
      'a malformed journal proof',
      (own) => own.map((one) => (one.oid === OID_JOURNAL_PROOF ? { ...one, values: [der.null()] } : one)),
      ['journal.proof'],
    ],
    // A signing-time is allowed to be there and proves nothing.
    [
      'a signing time',
      (own) => [...own, { oid: ATTRIBUTE_OIDS.signingTime, values: [der.time(new Date('2026-03-05T02:00:00Z'))] }],
      [],
    ],
  ])('%s', async (_, attributes, expected) => {
    expect(await failing(cms({ attributes }))).toEqual(expected);
  });

  it('a signing time is a claim where there is no intent; a malformed one is none', async () => {
    const time = (value: Uint8Array) => (own: readonly Attribute[]) => [
      ...own,
      { oid: ATTRIBUTE_OIDS.signingTime, values: [value] },
    ];
    const plain = (value: Uint8Array) =>
      seal(evidence(cms({ binding: null, attributes: time(value) })), policyByName('open'));
    expect((await plain(der.time(new Date('2026-02-02T02:02:02Z')))).claimedTime).toBe('2026-02-02T02:02:02.000Z');
    expect((await plain(der.null())).claimedTime).toBe('2026-03-05T02:00:00.000Z');
  });

  it('the certificate of somebody else for the same key: the attribute names the other one', async () => {
    const twin = makeCertificate({
      subject: { name: 'twin' },
      key: pki.signer.key,
      issuer: pki.authority,
      serial: pki.signer.serial,
    });
    const value = cms({ certificates: [twin, pki.authority.der] });
    expect(await seal(evidence(value))).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' });
    expect((await report(evidence(value), policyByName('open'))).verdict).toBe('refused');
  });

  it('no certificate of the signer: not determined', async () => {
    const { signer, authority, suite } = pki;
    const set = signedAttributes({ messageDigest: digest, signingCertificate: readCertificate(signer.der), suite });
    const made = readDer(
      signedData({ suite, signedAttributes: set, signature: signer.key.sign(set), certificates: [signer.der] }),
    );
    const inner = made.children[1]!.children[0]!.children.map(({ bytes }) => bytes);
    inner[3] = tlv(0xa0, authority.der);
    const value = der.sequence(made.children[0]!.bytes, der.explicit(0, der.sequence(...inner)));
    expect(await report(evidence(value), policyByName('open'))).toMatchObject({
      verdict: 'undetermined',
      signatures: [{ subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' }, {}],
    });
  });

  it('an unknown or weak algorithm', async () => {
    const weak = { ...pki.suite, signatureAlgorithm: der.sequence(der.oid('1.2.840.10045.4.1')) };
    const value = sampleCms({ pki: { ...pki, suite: weak }, messageDigest: digest, binding: sampleBinding('pdf') });
    expect(await failing(value)).toEqual(['signature.algorithm', 'signature.value', 'journal.intent']);
    const sha512 = { ...pki.suite, digestAlgorithm: suiteById('RSA-PKCS1-SHA512').digestAlgorithm };
    const other = sampleCms({ pki: { ...pki, suite: sha512 }, messageDigest: digest, binding: sampleBinding('pdf') });
    expect(await failing(other)).toEqual(['cms.digest-algorithm', 'cms.message-digest']);
    const odd = { ...pki.suite, digestAlgorithm: der.sequence(der.oid('1.2.3.4')) };
    const unknown = sampleCms({ pki: { ...pki, suite: odd }, messageDigest: digest, binding: sampleBinding('pdf') });
    expect(await failing(unknown)).toEqual(['cms.digest-algorithm', 'cms.message-digest']);
  });

  it('a wrong signature value', async () => {
    const made = cms();
    made[made.length - 1]! ^= 1;
    expect(await seal(evidence(made))).toMatchObject({ subIndication: 'SIG_CRYPTO_FAILURE' });
  });

  it('the seal of one licence on the data of another', async () => {
    const other = sampleBinding('pdf', { ...sampleLicence, version: '002' });
    expect(codes(await report(evidence(cms({ binding: other }))))).toContain('DATA_OF_ANOTHER_LICENCE');
  });
});

describe('attacks on the journal proof', () => {
  const cms = (intent: NonNullable<Parameters<typeof sampleCms>[0]['intent']>) =>
    sampleCms({ pki, messageDigest: digest, binding: sampleBinding('pdf'), intent });
  const traced = async (value: Uint8Array, changes = {}) =>
    codes(await report(sampleEvidence(pki, { cms: value, ...changes })));

  it('the intent of another document, suite, licence or seal', async () => {
    expect(await traced(cms({ saltedDigest: '00'.repeat(32) }))).toEqual(['INTENT_OF_ANOTHER']);
    expect(await traced(cms({ suite: 'RSA-PKCS1-SHA256' }))).toEqual(['INTENT_OF_ANOTHER']);
    expect(await traced(cms({ binding: sampleBinding('sd-jwt') }))).toEqual(['INTENT_OF_ANOTHER']);
    expect(await traced(cms({ sealCode: 'another seal' }))).toEqual(['INTENT_OF_ANOTHER']);
  });

  it('a journal that is not known here: not determined', async () => {
    expect(await report(sampleEvidence(pki, { journals: [] }))).toMatchObject({
      verdict: 'undetermined',
      reasons: [{ code: 'JOURNAL_UNKNOWN' }],
    });
  });

  it('a checkpoint signed by another key, or a proof that is none', async () => {
    const [first, second] = sampleEvidence(pki).journals[0]!.keys;
    const keys = [{ ...first!, spki: Buffer.from(testKey('ED25519').spki).toString('base64') }, second!];
    expect(await traced(cms({}), { journals: [{ origin: 'journal.example/999900', keys }] })).toEqual([
      'JOURNAL_PROOF_WRONG',
    ]);
    const proof = (own: readonly Attribute[]) =>
      own.map((one) => {
        if (one.oid !== OID_JOURNAL_PROOF) return one;
        const [intent] = readDer(one.values[0]!).children;
        return { ...one, values: [der.sequence(intent!.bytes, der.utf8String('not a proof'))] };
      });
    expect(
      await traced(sampleCms({ pki, messageDigest: digest, binding: sampleBinding('pdf'), attributes: proof })),
    ).toEqual(['JOURNAL_PROOF_MALFORMED']);
  });
});

describe('attacks on certificates and revocation', () => {
  const withSigner = (
    wish: Partial<Parameters<typeof makeCertificate>[0]>,
    changes: Parameters<typeof sampleEvidence>[1] = {},
  ) => {
    const { subject, key } = pki.signer;
    const signer = {
      ...pki.signer,
      der: makeCertificate({ subject, key, issuer: pki.authority, serial: 77, ...wish }),
    };
    return sampleEvidence({ ...pki, signer }, changes);
  };
  const first = async (evidence: Evidence) => {
    const one = await report(evidence, policyByName('open'));
    return [one.verdict, one.signatures[0]!.subIndication];
  };
  const open = policyByName('open');

  it.each<[string, () => Evidence, string, string]>([
    [
      'a root that the caller does not trust',
      () => sampleEvidence(pki, { anchors: [miniPki('ECDSA-P256-SHA256').root.der] }),
      'undetermined',
      'NO_CERTIFICATE_CHAIN_FOUND',
    ],
    ['no CRL', () => sampleEvidence(pki, { crls: [] }), 'undetermined', 'TRY_LATER'],
    ['a stale CRL', () => sampleEvidence(pki, { at: new Date('2026-12-01T00:00:00Z') }), 'undetermined', 'TRY_LATER'],
    [
      'a CRL of another authority of the same name',
      () =>
        sampleEvidence(pki, {
          crls: [pki.crls[0]!, makeCrl({ issuer: { ...pki.authority, key: testKey('ECDSA-P256-SHA256') } })],
        }),
      'undetermined',
      'TRY_LATER',
    ],
    [
      'revoked before signing',
      () =>
        sampleEvidence(pki, {
          crls: [
            pki.crls[0]!,
            makeCrl({ issuer: pki.authority, from: YEAR(2026), revoked: [{ serial: 77, at: YEAR(2026) }] }),
          ],
        }),
      'refused',
      'REVOKED',
    ],
    [
      'revoked after signing',
      () =>
        sampleEvidence(pki, {
          crls: [
            pki.crls[0]!,
            makeCrl({ issuer: pki.authority, revoked: [{ serial: 77, at: new Date('2026-05-01T00:00:00Z') }] }),
          ],
        }),
      'undetermined',
      'REVOKED_NO_POE',
    ],
    ['expired', () => withSigner({ until: new Date('2026-05-01T00:00:00Z') }), 'undetermined', 'OUT_OF_BOUNDS_NO_POE'],
    [
      'signed by a key that is not the authority’s',
      () => withSigner({ issuer: { subject: pki.authority.subject, key: pki.root.key } }),
      'undetermined',
      'NO_CERTIFICATE_CHAIN_FOUND',
    ],
    ['a key for encryption only', () => withSigner({ usage: [2] }), 'refused', 'CHAIN_CONSTRAINTS_FAILURE'],
  ])('%s', async (_, evidence, verdict, subIndication) => {
    expect(await first(evidence())).toEqual([verdict, subIndication]);
  });

  it('a forged certificate with the right names and identifiers', async () => {
    const good = readDer(makeCertificate({ ...pki.signer, issuer: pki.authority, serial: 77 }));
    const [tbs, algorithm] = good.children.map(({ bytes }) => bytes);
    const forged = der.sequence(tbs!, algorithm!, der.bitString(pki.signer.key.sign(tbs!)));
    expect(await first(sampleEvidence({ ...pki, signer: { ...pki.signer, der: forged } }))).toEqual([
      'refused',
      'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    ]);
  });

  it('an ordinary certificate that issues', async () => {
    const middle = { subject: { name: 'middle' }, key: testKey('ECDSA-P256-SHA256') };
    const middleDer = makeCertificate({ ...middle, issuer: pki.root });
    const own: MiniPki = {
      ...pki,
      authority: { ...middle, der: middleDer },
      signer: { ...pki.signer, der: makeCertificate({ ...pki.signer, issuer: middle, serial: 77 }) },
    };
    expect(await first(sampleEvidence(own, { crls: [pki.crls[0]!, makeCrl({ issuer: middle })] }))).toEqual([
      'refused',
      'CHAIN_CONSTRAINTS_FAILURE',
    ]);
  });

  it('RSA-1024', async () => {
    const weak = { ...pki.signer, key: testKey('RSA-PKCS1-SHA256', 1024) };
    const own: MiniPki = {
      ...pki,
      suite: weak.key.suite,
      signer: { ...weak, der: makeCertificate({ ...weak, issuer: pki.authority, serial: 77 }) },
    };
    expect(await first(sampleEvidence(own, { token: null }))).toEqual(['refused', 'CRYPTO_CONSTRAINTS_FAILURE']);
  });

  it('takes the path that holds when there are several', async () => {
    // A second authority certificate of the same name and key that has expired.
    const stale = makeCertificate({
      ...pki.authority,
      issuer: pki.root,
      ca: true,
      until: new Date('2026-01-02T00:00:00Z'),
    });
    const value = sampleCms({
      pki,
      messageDigest: digest,
      binding: sampleBinding('pdf'),
      certificates: [pki.signer.der, stale, pki.authority.der],
    });
    expect((await report(sampleEvidence(pki, { cms: value }), open)).verdict).toBe('accepted');
  });

  it('takes the path with the fewest faults when none holds, wherever it stands in the file', async () => {
    const stale = makeCertificate({ ...pki.authority, issuer: pki.root, ca: true, until: YEAR(2026) });
    const verdictWith = (...authorities: Uint8Array[]) => {
      const certificates = [pki.signer.der, ...authorities];
      const value = sampleCms({ pki, messageDigest: digest, binding: sampleBinding('pdf'), certificates });
      return first(sampleEvidence(pki, { cms: value, crls: [] }));
    };
    expect(await verdictWith(stale, pki.authority.der)).toEqual(['undetermined', 'TRY_LATER']);
    expect(await verdictWith(pki.authority.der, stale)).toEqual(['undetermined', 'TRY_LATER']);
  });

  it('a signer that the caller trusts itself needs no path', async () => {
    const evidence = sampleEvidence(pki, { anchors: [pki.signer.der], crls: [] });
    expect((await report(evidence, open)).verdict).toBe('accepted');
  });
});

describe('the structured licence', () => {
  const alone = (token: Uint8Array): Evidence => {
    const base = sampleEvidence(pki, { token });
    return {
      ...base,
      file: { ...base.file, kind: 'sd-jwt' },
      pdf: null,
      tokens: [{ ...base.tokens[0]!, id: 'sd-jwt', attachment: null }],
    };
  };

  it('is accepted as a file of its own, with all, some or no items disclosed', async () => {
    for (const disclosed of [undefined, [0], []]) {
      const result = await report(alone(sampleSdJwt(pki, {}, disclosed)));
      expect(result).toMatchObject({
        verdict: 'accepted',
        signatures: [{ id: 'sd-jwt', coversWholeDocument: true, claimedTime: '2026-03-05T02:00:00.000Z' }],
      });
    }
  });

  it('is refused when a commitment is claimed that is not that of its digests', async () => {
    const wrong = { sha256: 'aa'.repeat(32), sm3: 'bb'.repeat(32) };
    expect(codes(await report(alone(sampleSdJwt(pki, { commitment: wrong }))))).toEqual(['COMMITMENT_DIFFERS']);
  });

  it('is refused, whatever byte of it is changed', async () => {
    const token = sampleSdJwt(pki, {}, [0]);
    const cache = emptyCache();
    const { inspect } = await import('../../../src/core/verification/index.js');
    for (let i = 0; i < token.length; i += 41) {
      const changed = token.slice();
      changed[i]! ^= 1;
      const inspection = inspect(changed);
      if (inspection.kind === 'unreadable') continue;
      const { verdict } = judge(await establish(alone(changed), cache), strict, JUDGED_AT);
      expect([i, verdict]).toEqual([i, 'refused']);
    }
  });

  it('that cannot be read inside a PDF makes its signature unreadable and the data absent', async () => {
    const result = await report(sampleEvidence(pki, { token: latin1('a.b.c~') }));
    expect(codes(result)).toEqual(['SIGNATURE_UNREADABLE', 'DATA_ABSENT']);
    expect(result.signatures[1]).toMatchObject({
      indication: 'TOTAL_FAILED',
      subIndication: 'FORMAT_FAILURE',
      coversWholeDocument: false,
    });
  });

  it('of somebody else has no binding: judged as any token by the open policy', async () => {
    const foreign = (payload: object, header: object) => {
      const { suite, signer } = pki;
      const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const input = `${b64({ alg: suite.jose, typ: 'dc+sd-jwt', ...header })}.${b64(payload)}`;
      const rs = readDer(signer.key.sign(latin1(input))).children.map(({ contents }) =>
        Buffer.from(contents).subarray(-32),
      );
      const raw = Buffer.concat(rs.map((one) => Buffer.concat([Buffer.alloc(32 - one.length), one])));
      return latin1(`${input}.${raw.toString('base64url')}~`);
    };
    const x5c = [pki.signer.der, pki.authority.der].map((one) => Buffer.from(one).toString('base64'));
    const good = await report(alone(foreign({ iss: 'x', iat: 1772676000 }, { x5c })), policyByName('open'));
    expect(good).toMatchObject({
      verdict: 'accepted',
      licence: null,
      signatures: [{ claimedTime: '2026-03-05T02:00:00.000Z', binding: null }],
    });
    const unsure = await report(alone(foreign({ iat: 'soon' }, {})), policyByName('open'));
    expect(unsure).toMatchObject({
      verdict: 'undetermined',
      signatures: [{ claimedTime: null, subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' }],
    });
    const half = await report(alone(foreign({ rendition: 'sd-jwt' }, { x5c, journalProof: 1 })), policyByName('open'));
    expect(codes(half)).toEqual(['BINDING_MALFORMED', 'JOURNAL_PROOF_MALFORMED']);
  });
});
