import { describe, expect, it } from '@jest/globals';
import { judge, policyByName, policyDigest, policyNames, reportText } from '../../../src/core/verification/index.js';
import type { Facts, VerificationReport } from '../../../src/core/verification/index.js';
import { JUDGED_AT, changed, goodFacts, registryAnswer } from '../../support/sample-facts.js';

type Change = readonly [path: string, value: unknown];
const strict = policyByName('strict');
const open = policyByName('open');

const judged = (facts: Facts, policy = strict) => judge(facts, policy, JUDGED_AT);
const finding = (report: VerificationReport, check: string) =>
  [...report.signatures.flatMap(({ findings }) => findings), ...report.findings].find(
    (one) => one.check === check && one.result !== 'passed' && one.result !== 'not-applicable',
  );

const A = 'accepted';
const R = 'refused';
const U = 'undetermined';
const P = 'TOTAL_PASSED';
const revoked = {
  status: 'revoked',
  at: '2026-04-01T00:00:00.000Z',
  reason: 'keyCompromise',
  thisUpdate: '2026-05-30T00:00:00.000Z',
};
const good = { status: 'good', thisUpdate: '2026-05-30T00:00:00.000Z', nextUpdate: '2026-06-30T00:00:00.000Z' };
const unknown = (why: string) => ({ status: 'unknown', why, thisUpdate: null });
const S = 'signatures.0';
const seal = (states: unknown): Change => ['registry.answer.seals.0.states', states];
const inUse = (until: string | null) => ({
  state: 'in-use',
  from: '2025-01-01T00:00:00.000Z',
  until,
  reason: '',
  journalSize: 0,
});
const suspendedSeal = (from: string, journalSize: number | null) => ({
  state: 'suspended',
  from,
  until: null,
  reason: '',
  journalSize,
});
const state = (name: string) => [
  { state: 'valid', from: '2026-03-05T02:00:00.000Z', until: '2026-05-01T00:00:00.000Z' },
  { state: name, from: '2026-05-01T00:00:00.000Z', until: null },
];

/** check, what is changed, strict verdict, open verdict, indication of the seal under strict. */
const TABLE: readonly (readonly [
  check: string,
  title: string,
  changes: readonly Change[],
  strict: string,
  open: string,
  indication: string,
])[] = [
  // format
  [
    'signature.readable',
    'unreadable CMS',
    [
      [`${S}.unreadable`, { code: 'CMS_MALFORMED', words: { en: 'x', zh: 'x' } }],
      [`${S}.cms`, null],
      [`${S}.signer`, null],
      [`${S}.path`, null],
      [`${S}.value`, 'not-checked'],
    ],
    R,
    R,
    'FORMAT_FAILURE',
  ],
  [
    'pdf.coverage',
    'ByteRange with a wrong gap',
    [
      [`${S}.pdf.coverage`, 'invalid'],
      [`${S}.pdf.coverageProblems`, ['BYTE_RANGE_GAP']],
    ],
    R,
    R,
    'FORMAT_FAILURE',
  ],
  [
    'pdf.contents',
    'junk behind the DER',
    [[`${S}.pdf.contentsProblems`, ['CONTENTS_TRAILING_DATA']]],
    R,
    R,
    'FORMAT_FAILURE',
  ],
  [
    'pdf.signature-field',
    'two fields for one dictionary',
    [[`${S}.pdf.problems`, ['SIGNATURE_SHARED']]],
    R,
    R,
    'FORMAT_FAILURE',
  ],
  ['pdf.later-changes', 'a change on P=1', [[`${S}.pdf.changesAfter`, 'other']], R, R, 'FORMAT_FAILURE'],
  [
    'pdf.later-changes',
    'a change on P=2',
    [
      [`${S}.pdf.changesAfter`, 'other'],
      [`${S}.pdf.docMdp`, 2],
    ],
    R,
    U,
    'FORMAT_FAILURE',
  ],
  ['pdf.sub-filter', 'an SES value', [[`${S}.pdf.subFilter`, 'GM.sm2seal']], R, A, 'FORMAT_FAILURE'],
  ['cms.encoding', 'BER', [[`${S}.cms.ber`, true]], R, A, 'FORMAT_FAILURE'],
  ['cms.trailing-data', 'trailing data', [[`${S}.cms.trailing`, 3]], R, R, 'FORMAT_FAILURE'],
  ['cms.one-signer', 'two signers', [[`${S}.cms.signers`, 2]], R, R, 'FORMAT_FAILURE'],
  ['cms.detached', 'content inside', [[`${S}.cms.detached`, false]], R, R, 'FORMAT_FAILURE'],
  ['cms.signed-attributes', 'no attributes', [[`${S}.cms.hasAttributes`, false]], R, R, 'FORMAT_FAILURE'],
  [
    'cms.signed-attributes',
    'content that reads as attributes',
    [[`${S}.cms.contentIsAttributes`, true]],
    R,
    R,
    'FORMAT_FAILURE',
  ],
  [
    'cms.attribute-order',
    'attributes in another order',
    [[`${S}.cms.attributesInOrder`, false]],
    R,
    A,
    'FORMAT_FAILURE',
  ],
  ['cms.content-type', 'another content type', [[`${S}.cms.contentType`, 'wrong']], R, R, 'FORMAT_FAILURE'],
  ['cms.digest-algorithm', 'algorithms that disagree', [[`${S}.cms.digestFitsSuite`, false]], R, R, 'FORMAT_FAILURE'],
  ['cms.message-digest', 'another digest', [[`${S}.cms.messageDigest`, 'different']], R, R, 'HASH_FAILURE'],
  ['cms.message-digest', 'no digest attribute', [[`${S}.cms.messageDigest`, 'absent']], R, R, 'FORMAT_FAILURE'],
  [
    'cms.message-digest',
    'an unknown hash',
    [[`${S}.cms.messageDigest`, 'not-computed']],
    R,
    R,
    'CRYPTO_CONSTRAINTS_FAILURE',
  ],
  ['cms.signing-time', 'a signing-time attribute', [[`${S}.cms.signingTime`, true]], A, A, P],
  ['jws.type', 'another typ', [['signatures.1.jws.typ', 'JWT']], R, A, P],
  // cryptography
  [
    'signature.certificate',
    'no certificate',
    [
      [`${S}.signer`, null],
      [`${S}.path`, null],
      [`${S}.value`, 'not-checked'],
    ],
    U,
    U,
    'NO_SIGNING_CERTIFICATE_FOUND',
  ],
  [
    'cms.signing-certificate',
    'no signing-certificate attribute',
    [[`${S}.cms.signingCertificate`, 'absent']],
    R,
    A,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'cms.signing-certificate-match',
    'an attribute that names another certificate',
    [[`${S}.cms.signingCertificate`, 'other']],
    R,
    R,
    'FORMAT_FAILURE',
  ],
  [
    'signature.algorithm',
    'an unknown algorithm',
    [
      [`${S}.suite`, null],
      [`${S}.value`, 'not-checked'],
    ],
    R,
    R,
    'CRYPTO_CONSTRAINTS_FAILURE',
  ],
  ['signature.algorithm', 'an algorithm off the list', [[`${S}.suite`, 'ED25519']], R, R, 'CRYPTO_CONSTRAINTS_FAILURE'],
  ['signature.key', 'RSA-1024', [[`${S}.signer.rsaBits`, 1024]], R, R, 'CRYPTO_CONSTRAINTS_FAILURE'],
  ['signature.key', 'an odd curve', [[`${S}.signer.curve`, '1.3.132.0.10']], R, R, 'CRYPTO_CONSTRAINTS_FAILURE'],
  ['signature.value', 'a wrong signature', [[`${S}.value`, 'wrong']], R, R, 'SIG_CRYPTO_FAILURE'],
  ['signature.value', 'an unchecked signature', [[`${S}.value`, 'not-checked']], U, U, 'GENERIC'],
  // certificates
  ['path.anchor', 'an unknown issuer', [[`${S}.path`, null]], U, U, 'NO_CERTIFICATE_CHAIN_FOUND'],
  [
    'path.signatures',
    'a forged certificate',
    [[`${S}.path.failed`, [{ check: 'signature', place: 0, why: 'wrong' }]]],
    R,
    R,
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  ],
  [
    'path.signatures',
    'an unknown algorithm on a certificate',
    [[`${S}.path.failed`, [{ check: 'signature', place: 0, why: 'suite-unknown' }]]],
    R,
    R,
    'CRYPTO_CONSTRAINTS_FAILURE',
  ],
  [
    'path.constraints',
    'an issuer that is no authority',
    [[`${S}.path.failed`, [{ check: 'certificate-authority', place: 1, why: null }]]],
    R,
    R,
    'CHAIN_CONSTRAINTS_FAILURE',
  ],
  [
    'path.algorithms',
    'a weak algorithm on the authority',
    [[`${S}.path.certificates.1.suite`, null]],
    R,
    R,
    'CRYPTO_CONSTRAINTS_FAILURE',
  ],
  [
    'path.algorithms',
    'a weak root key',
    [[`${S}.path.certificates.2.rsaBits`, 1024]],
    R,
    R,
    'CRYPTO_CONSTRAINTS_FAILURE',
  ],
  [
    'path.validity',
    'an expired signer',
    [[`${S}.path.certificates.0.notAfter`, '2026-05-01T00:00:00.000Z']],
    U,
    U,
    'OUT_OF_BOUNDS_NO_POE',
  ],
  [
    'path.validity',
    'a certificate of the future',
    [[`${S}.path.certificates.1.notBefore`, '2027-05-01T00:00:00.000Z']],
    U,
    U,
    'OUT_OF_BOUNDS_NO_POE',
  ],
  [
    'path.revocation',
    'a signer revoked before the claimed time',
    [[`${S}.path.revocations.0`, { ...revoked, at: '2026-03-01T00:00:00.000Z' }]],
    R,
    R,
    'REVOKED',
  ],
  [
    'path.revocation',
    'a signer revoked after the claimed time',
    [[`${S}.path.revocations.0`, revoked]],
    U,
    U,
    'REVOKED_NO_POE',
  ],
  [
    'path.revocation',
    'a signer revoked and no time claimed',
    [
      [`${S}.path.revocations.0`, revoked],
      [`${S}.claimedTime`, null],
    ],
    U,
    U,
    'REVOKED_NO_POE',
  ],
  ['path.revocation', 'an authority revoked', [[`${S}.path.revocations.1`, revoked]], U, U, 'REVOKED_CA_NO_POE'],
  ['path.revocation', 'no CRL', [[`${S}.path.revocations.0`, unknown('no-crl')]], U, U, 'TRY_LATER'],
  ['path.revocation', 'a forged CRL', [[`${S}.path.revocations.1`, unknown('bad-signature')]], U, U, 'TRY_LATER'],
  [
    'path.revocation',
    'a CRL too old for the policy',
    [[`${S}.path.revocations.0`, { ...good, thisUpdate: '2026-04-01T00:00:00.000Z' }]],
    U,
    U,
    'TRY_LATER',
  ],
  [
    'path.revocation',
    'a CRL past its next update',
    [[`${S}.path.revocations.0`, { ...good, nextUpdate: '2026-05-31T00:00:00.000Z' }]],
    U,
    U,
    'TRY_LATER',
  ],
  [
    'path.revocation',
    'a CRL of the future',
    [[`${S}.path.revocations.0`, { ...good, thisUpdate: '2026-07-01T00:00:00.000Z', nextUpdate: null }]],
    U,
    U,
    'TRY_LATER',
  ],
  [
    'signature.claimed-time',
    'a claimed time in the future',
    [[`${S}.claimedTime`, '2026-06-01T05:00:00.000Z']],
    R,
    A,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'signature.claimed-time',
    'a claimed time before the certificate',
    [[`${S}.claimedTime`, '2024-06-01T05:00:00.000Z']],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'signature.key-usage',
    'a key for encryption',
    [[`${S}.signer.usage`, ['keyEncipherment']]],
    R,
    R,
    'CHAIN_CONSTRAINTS_FAILURE',
  ],
  [
    'signature.purpose',
    'a data key that seals',
    [[`${S}.signer.policies`, ['2.25.323759826816191288112503082895547256683.3.3']]],
    R,
    A,
    'CHAIN_CONSTRAINTS_FAILURE',
  ],
  // trace
  ['binding.present', 'no binding', [[`${S}.binding`, { found: 'absent' }]], R, A, 'SIG_CONSTRAINTS_FAILURE'],
  ['binding.present', 'a malformed binding', [[`${S}.binding`, { found: 'malformed' }]], R, R, 'FORMAT_FAILURE'],
  [
    'binding.kind',
    'the binding of another kind',
    [[`${S}.binding.value.kind`, 'ofd']],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  ['journal.proof', 'no journal proof', [[`${S}.journal`, { state: 'absent' }]], R, A, 'SIG_CONSTRAINTS_FAILURE'],
  ['journal.proof', 'a malformed proof', [[`${S}.journal`, { state: 'malformed' }]], R, R, 'FORMAT_FAILURE'],
  ['journal.proof', 'a wrong proof', [[`${S}.journal.state`, 'wrong']], R, R, 'SIG_CONSTRAINTS_FAILURE'],
  ['journal.proof', 'an unknown journal', [[`${S}.journal.state`, 'unknown-journal']], U, U, 'SIG_CONSTRAINTS_FAILURE'],
  [
    'journal.intent',
    'the intent of another content',
    [[`${S}.journal.fitsContent`, false]],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'journal.intent',
    'the intent of another licence',
    [[`${S}.journal.fitsBinding`, false]],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'journal.intent',
    'the intent of another suite',
    [[`${S}.journal.fitsSuite`, false]],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'journal.intent',
    'the intent of another seal',
    [
      [`${S}.journal.intent.sealCode`, 'other'],
      ['registry', { asked: false }],
    ],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'seal.state',
    'a seal that the registry does not know',
    [['registry.answer.seals', []]],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'seal.state',
    'a seal suspended at the claimed time',
    [seal([inUse('2026-03-01T00:00:00.000Z'), suspendedSeal('2026-03-01T00:00:00.000Z', null)])],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'seal.state',
    'a seal not made yet at the claimed time',
    [seal([{ ...inUse(null), from: '2026-04-01T00:00:00.000Z' }])],
    R,
    R,
    'SIG_CONSTRAINTS_FAILURE',
  ],
  [
    'seal.state',
    'a seal suspended later, no order known',
    [seal([inUse('2026-04-01T00:00:00.000Z'), suspendedSeal('2026-04-01T00:00:00.000Z', null)])],
    U,
    U,
    'REVOKED_NO_POE',
  ],
  [
    'seal.state',
    'a seal suspended later, the intent after it',
    [seal([inUse('2026-04-01T00:00:00.000Z'), suspendedSeal('2026-04-01T00:00:00.000Z', 2)])],
    U,
    U,
    'REVOKED_NO_POE',
  ],
  ['seal.state', 'a registry without an answer', [['registry', { asked: true, answer: null }]], U, U, 'TRY_LATER'],
  // file
  [
    'file.format',
    'an unreadable file',
    [
      ['unreadable', { code: 'PDF_LIMIT_EXCEEDED', words: { en: 'x', zh: 'x' } }],
      ['pdf', null],
      ['signatures', []],
      ['data', null],
    ],
    R,
    R,
    'FORMAT_FAILURE',
  ],
  [
    'file.signature',
    'no signature',
    [
      ['signatures', []],
      ['data', null],
    ],
    R,
    R,
    'none',
  ],
  ['pdf.structure', 'bytes behind the end', [['pdf.problems', [{ code: 'TRAILING_BYTES', offset: 9 }]]], R, U, P],
  [
    'pdf.certification',
    'two seals',
    [['pdf.signatures', [goodFacts.pdf!.signatures[0], goodFacts.pdf!.signatures[0]]]],
    R,
    A,
    P,
  ],
  [
    'pdf.time-stamps',
    'a document time-stamp',
    [
      [
        'pdf.signatures',
        [goodFacts.pdf!.signatures[0], { ...goodFacts.pdf!.signatures[0]!, type: 'document-timestamp' }],
      ],
    ],
    A,
    A,
    P,
  ],
  ['pdf.duplicate-objects', 'an object twice', [['pdf.duplicateObjects', 1]], R, A, P],
  ['pdf.unreferenced-objects', 'an unused object', [['pdf.unreferencedObjects', 1]], A, A, P],
  ['pdf.active-content', 'JavaScript', [['pdf.activeContent', ['JavaScript']]], R, A, P],
  ['pdf.licence-name', 'metadata of another licence', [['pdf.xmpLicence', 'x']], R, R, P],
  ['data.present', 'no data', [['data', null]], R, A, P],
  ['data.commitment', 'another commitment', [['data.commitmentFits', false]], R, R, P],
  ['data.commitment', 'a disclosure that was not committed to', [['data.disclosuresFit', false]], R, R, P],
  ['data.binding', 'data of another version', [['data.binding.value.version', '002']], R, R, P],
  ['face.readable', 'content that breaks off', [['pdf.face.problems', ['CONTENT_BROKEN']]], R, A, P],
  ['face.data', 'another name on the page', [['pdf.face.runs.0.text', '样品']], R, R, P],
  ['face.data', 'another date on the page', [['pdf.face.runs.2.text', '2037年03月04日']], R, R, P],
  ['face.data', 'an item that the data lacks', [['pdf.face.runs.0.path', 'title']], R, R, P],
  ['face.data', 'a list element that the data lacks', [['pdf.face.runs.3.path', 'members/1/name']], R, R, P],
  ['face.data', 'a step into a text', [['pdf.face.runs.3.path', 'name/length']], R, R, P],
  ['face.data', 'a fact that the data lacks', [['pdf.face.runs.2.path', '@toString']], R, R, P],
  ['face.data', 'a value that cannot be shown as text', [['pdf.face.runs.3.path', 'members']], R, R, P],
  ['face.data', 'nothing where a value should be', [['pdf.face.runs.3.text', '']], R, R, P],
  ['face.glyphs', 'glyphs of another text', [['pdf.face.runs.0.glyphs', 'different']], R, A, P],
  ['face.hidden', 'white text', [['pdf.face.hidden', [{ reason: 'white', path: null }]]], R, A, P],
  // licence
  ['licence.state', 'a suspended licence', [['registry.answer.licence.states', state('suspended')]], R, R, P],
  ['licence.state', 'a revoked licence', [['registry.answer.licence.states', state('revoked')]], R, R, P],
  ['licence.state', 'a withdrawn licence', [['registry.answer.licence.states', state('withdrawn')]], R, R, P],
  ['licence.state', 'a cancelled licence', [['registry.answer.licence.states', state('cancelled')]], R, R, P],
  ['licence.state', 'a licence not in force', [['registry.answer.licence.states', []]], R, R, P],
  [
    'licence.state',
    'an expired licence by the registry',
    [['registry.answer.licence.validUntil', '2026-05-31']],
    R,
    R,
    P,
  ],
  ['licence.state', 'an unknown licence', [['registry.answer.licence', null]], R, R, P],
  ['licence.state', 'a silent registry', [['registry', { asked: true, answer: null }]], U, U, 'TRY_LATER'],
  ['licence.version', 'a newer version', [['registry.answer.licence.version', '002']], R, R, P],
  [
    'licence.commitment',
    'another content in the registry',
    [['registry.answer.licence.commitment', { sha256: '0', sm3: '0' }]],
    R,
    R,
    P,
  ],
  [
    'licence.validity',
    'a licence past its last day',
    [['data.validity', { from: '2026-03-05', until: '2026-05-31' }]],
    R,
    R,
    P,
  ],
  [
    'licence.validity',
    'a licence before its first day',
    [['data.validity', { from: '2026-06-02', until: null }]],
    R,
    R,
    P,
  ],
  [
    'licence.suites',
    'a missing suite',
    [
      [
        'registry.answer.licence.renditions',
        [
          { kind: 'pdf', suite: 'ECDSA-P256-SHA256' },
          { kind: 'sd-jwt', suite: 'SM2-SM3' },
        ],
      ],
    ],
    A,
    A,
    P,
  ],
  ['issuer.name', 'the seal of another body', [[`${S}.signer.organisation`, '11000000000000000X其他机关']], R, A, P],
];

describe('judge', () => {
  it('accepts what is in order, all four fragments passed', () => {
    for (const policy of [strict, open]) {
      const report = judged(goodFacts, policy);
      expect(report.verdict).toBe('accepted');
      expect(report.fragments).toEqual({ integrity: 'passed', seal: 'passed', licence: 'passed', issuer: 'passed' });
      expect(report.reasons).toEqual([]);
      expect(report.signatures.map(({ indication }) => indication)).toEqual([P, P]);
      expect(report.signatures[0]).toMatchObject({
        intact: true,
        coversWholeDocument: true,
        revocationChecked: true,
        provedTime: null,
      });
      expect(report.signatures[1]).toMatchObject({ intact: true, coversWholeDocument: false });
      expect(report.licence).toMatchObject({ state: 'valid', typeName: '居住证明', asOf: registryAnswer.asOf });
      expect(report.summary.zh).toBe(
        '核验通过：文件未被改动，样本市市场监督管理局（11999900MB0000001K）的印章有效，证照状态：有效。',
      );
    }
  });

  it.each(TABLE)('%s: %s', (check, _, changes, strictVerdict, openVerdict, indication) => {
    const facts = changed(goodFacts, ...changes);
    for (const [policy, verdict] of [
      [strict, strictVerdict],
      [open, openVerdict],
    ] as const) {
      const report = judged(facts, policy);
      const found = finding(report, check);
      expect([policy.name, report.verdict]).toEqual([policy.name, verdict]);
      // Without a trace of ours the open policy does not ask some questions at all.
      if (policy === strict) expect(found).toBeDefined();
      if (found) expect(found.level).toBe(policy.levels[check as keyof typeof policy.levels]);
      expect(found?.words.en ?? '').not.toMatch(/[{}]/);
      expect(report.reasons.length > 0).toBe(verdict !== 'accepted');
    }
    const { signatures } = judged(facts);
    if (indication === 'none') expect(signatures).toEqual([]);
    else if (indication === P) expect(signatures[0]!.indication).toBe(P);
    else {
      const failed = ['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'REVOKED'].includes(indication);
      expect(signatures[0]).toMatchObject({
        subIndication: indication,
        indication: failed ? 'TOTAL_FAILED' : 'INDETERMINATE',
      });
    }
  });

  it('has a row for every check', () => {
    const checks = new Set(TABLE.map(([check]) => check));
    expect(Object.keys(strict.levels).filter((name) => !checks.has(name))).toEqual([]);
  });

  it('says of a suspended licence that its seal is intact, and keeps the indication passed', () => {
    const report = judged(changed(goodFacts, ['registry.answer.licence.states', state('suspended')]));
    expect(report).toMatchObject({
      verdict: 'refused',
      fragments: { integrity: 'passed', seal: 'passed', licence: 'failed', issuer: 'passed' },
      reasons: [{ code: 'LICENCE_SUSPENDED' }],
      licence: { state: 'suspended' },
    });
    expect(report.signatures[0]!.indication).toBe(P);
    expect(report.summary.en).toBe(
      'Refused: the licence has been suspended since 2026-05-01T00:00:00.000Z; the seal itself is intact.',
    );
  });

  it('offline: accepts on the file alone, the licence not applicable, and says that nobody was asked', () => {
    const facts = changed(goodFacts, ['registry', { asked: false }]);
    const report = judged(facts);
    expect(report.verdict).toBe('accepted');
    expect(report.fragments.licence).toBe('not-applicable');
    expect(report.summary.zh).toContain('未查询证照状态');
    expect(report.licence).toMatchObject({ state: null, asOf: null });
    const careful = judge(facts, { ...strict, stateNotAsked: 'undetermined' }, JUDGED_AT);
    expect(careful).toMatchObject({
      verdict: 'undetermined',
      fragments: { licence: 'undetermined' },
      reasons: [{ code: 'STATE_NOT_ASKED' }],
    });
  });

  it('asked without an answer: undetermined, never green and never "revoked"', () => {
    const report = judged(changed(goodFacts, ['registry', { asked: true, answer: null }]));
    expect(report).toMatchObject({
      verdict: 'undetermined',
      fragments: { licence: 'undetermined' },
      reasons: [{ code: 'REGISTRY_SILENT' }],
    });
  });

  it('passes a seal that went out of use later when the journal had the intent before (decision 12)', () => {
    const report = judged(
      changed(goodFacts, seal([inUse('2026-04-01T00:00:00.000Z'), suspendedSeal('2026-04-01T00:00:00.000Z', 3)])),
    );
    expect(report.verdict).toBe('accepted');
    const later = judged(
      changed(goodFacts, seal([inUse('2026-07-01T00:00:00.000Z'), suspendedSeal('2026-07-01T00:00:00.000Z', null)])),
    );
    expect(later.verdict).toBe('accepted');
  });

  it('judges a file of somebody else by the open policy on its seal alone', () => {
    const plain = changed(
      goodFacts,
      ['signatures', [goodFacts.signatures[0]]],
      ['signatures.0.binding', { found: 'absent' }],
      ['signatures.0.journal', { state: 'absent' }],
      ['data', null],
      ['pdf.xmpLicence', null],
      ['pdf.face.runs', []],
      ['registry', { asked: false }],
      ['signatures.0.signer.policies', []],
    );
    expect(judged(plain, open)).toMatchObject({
      verdict: 'accepted',
      licence: null,
      fragments: { licence: 'not-applicable' },
    });
    expect(judged(plain).verdict).toBe('refused');
  });

  it('reports a damaged file whose signature is gone as a failed signature, a file of unknown kind without one', () => {
    const gone = changed(
      goodFacts,
      ['signatures', []],
      ['data', null],
      ['pdf.problems', [{ code: 'XREF_BROKEN', offset: 1 }]],
    );
    expect(judged(gone).signatures).toMatchObject([
      { id: 'file', indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' },
    ]);
    const dataLeft = changed(gone, ['signatures', [goodFacts.signatures[1]]]);
    expect(judged(dataLeft).signatures.map(({ id, kind, indication }) => [id, kind, indication])).toEqual([
      ['attachment-1', 'sd-jwt', 'TOTAL_PASSED'],
      ['file', 'pdf', 'TOTAL_FAILED'],
    ]);
    const words = { en: 'x', zh: 'x' };
    const unknownKind = changed(
      goodFacts,
      ['signatures', []],
      ['data', null],
      ['pdf', null],
      ['unreadable', { code: 'FILE_KIND_UNKNOWN', words }],
      ['file.kind', 'unknown'],
    );
    expect(judged(unknownKind)).toMatchObject({
      verdict: 'refused',
      signatures: [],
      reasons: [{ code: 'FILE_UNREADABLE' }],
    });
  });

  it('puts a broken digest before everything else', () => {
    const facts = changed(
      goodFacts,
      [`${S}.path`, null],
      [`${S}.signer.rsaBits`, 512],
      [`${S}.cms.messageDigest`, 'different'],
      [`${S}.value`, 'not-checked'],
    );
    const report = judged(facts);
    expect(report.reasons.map(({ code }) => code)).toEqual([
      'DIGEST_DIFFERS',
      'KEY_TOO_WEAK',
      'SIGNATURE_NOT_CHECKED',
      'ISSUER_UNKNOWN',
    ]);
    expect(report.signatures[0]).toMatchObject({
      indication: 'TOTAL_FAILED',
      subIndication: 'HASH_FAILURE',
      intact: false,
      revocationChecked: false,
    });
  });

  it('accepts a shown item once or several times, white space aside, and validation data added later', () => {
    const name = goodFacts.pdf!.face.runs;
    expect(judged(changed(goodFacts, ['pdf.face.runs', [...name, ...name.slice(0, 2)]])).verdict).toBe('accepted');
    expect(judged(changed(goodFacts, ['pdf.face.runs.0.text', ' 样\n本 '])).verdict).toBe('accepted');
    expect(
      judged(
        changed(
          goodFacts,
          ['data.items', { ...goodFacts.data!.items, name: '' }],
          ['pdf.face.runs.0.text', ''],
          ['pdf.face.runs.1.text', ''],
        ),
      ).verdict,
    ).toBe('accepted');
    expect(judged(changed(goodFacts, [`${S}.pdf.changesAfter`, 'long-term-validation'])).verdict).toBe('accepted');
  });

  it('is pure and keeps the order of members that the contract fixes', () => {
    const text = JSON.stringify(judged(goodFacts));
    expect(JSON.stringify(judged(structuredClone(goodFacts)))).toBe(text);
    expect(Object.keys(judged(goodFacts))).toEqual([
      'verdict',
      'fragments',
      'signatures',
      'policy',
      'at',
      'summary',
      'reasons',
      'file',
      'licence',
      'findings',
    ]);
    expect(Object.keys(judged(goodFacts).signatures[0]!)).toEqual([
      'id',
      'kind',
      'indication',
      'subIndication',
      'intact',
      'coversWholeDocument',
      'suite',
      'signer',
      'claimedTime',
      'provedTime',
      'revocationChecked',
      'binding',
      'findings',
    ]);
  });
});

describe('the summary', () => {
  it('names the signer where there is no organisation, and does without a signer', () => {
    expect(judged(changed(goodFacts, [`${S}.signer.organisation`, '']), open).summary.en).toContain(
      'the seal of 99990000000001 is valid',
    );
    const nobody = {
      ...open,
      levels: { ...open.levels, 'signature.certificate': 'warn', 'signature.value': 'warn' },
    } as const;
    const report = judged(
      changed(goodFacts, [`${S}.signer`, null], [`${S}.path`, null], [`${S}.value`, 'not-checked']),
      nobody,
    );
    expect(report.summary.en).toContain('the seal of  is valid');
    expect(reportText(report, 'en')).toContain('signature-1: valid');
  });

  it('gives GENERIC where a deciding check has no sub-indication of its own', () => {
    const strange = { ...strict, levels: { ...strict.levels, 'cms.signing-time': 'fail' } } as const;
    expect(judged(changed(goodFacts, [`${S}.cms.signingTime`, true]), strange).signatures[0]).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'GENERIC',
    });
    expect(judged(changed(goodFacts, [`${S}.pdf.subFilter`, null])).verdict).toBe('refused');
  });
});

describe('policies', () => {
  it('are known by name, and their digest is that of their content', () => {
    expect(policyNames()).toEqual(['strict', 'open']);
    expect(() => policyByName('lax')).toThrow('unknown policy');
    expect(policyDigest(strict)).toMatch(/^[0-9a-f]{64}$/);
    expect(policyDigest({ ...strict, minRsaBits: 3072 })).not.toBe(policyDigest(strict));
    expect(judged(goodFacts).policy).toEqual({ name: 'strict', version: '1', digest: policyDigest(strict) });
  });
});

describe('reportText', () => {
  it('tells people in both languages what was found', () => {
    const report = judged(
      changed(
        goodFacts,
        [`${S}.cms.messageDigest`, 'different'],
        [`${S}.value`, 'wrong'],
        [`${S}.cms.signingTime`, true],
        [`${S}.suite`, null],
      ),
    );
    const zh = reportText(report, 'zh-CN');
    expect(zh).toContain('核验不通过：文档已被改动：摘要不一致。');
    expect(zh).toContain('文件完整: 不通过');
    expect(zh).toContain('  x 文档摘要一致: 文档已被改动：摘要不一致');
    const en = reportText(report, 'en');
    expect(en).toContain('File intact: failed');
    expect(en).toContain(
      'signature-1 — 样本市市场监督管理局（11999900MB0000001K）: invalid (TOTAL_FAILED / HASH_FAILURE, ?)',
    );
    expect(en).toContain('[warn]');
    expect(
      reportText(
        judged(changed(goodFacts, [`${S}.signer.organisation`, ''], [`${S}.value`, 'not-checked']), open),
        'en',
      ),
    ).toContain('? The signature is right');
  });
});
