import type { Facts } from '../../src/core/verification/index.js';
import { sampleBinding, sampleLicence } from './sample-licence.js';
import { ISSUER_CODE } from './mini-pki.js';

type SignatureFacts = Facts['signatures'][number];

export const JUDGED_AT = new Date('2026-06-01T04:00:00.000Z');

const SEAL = '99990000000001';
const PURPOSE = '2.25.323759826816191288112503082895547256683.3';

const certificate = (name: string, policies: readonly string[] = []) => ({
  id: 'ab'.repeat(32),
  name,
  organisation: `${ISSUER_CODE}样本市市场监督管理局`,
  notBefore: '2025-01-01T00:00:00.000Z',
  notAfter: '2035-01-01T00:00:00.000Z',
  policies,
  usage: ['digitalSignature', 'nonRepudiation'],
  rsaBits: null,
  curve: '1.2.156.10197.1.301',
  suite: 'SM2-SM3' as const,
});

const good = {
  status: 'good',
  thisUpdate: '2026-05-30T00:00:00.000Z',
  nextUpdate: '2026-06-30T00:00:00.000Z',
} as const;

function signature(kind: 'pdf' | 'sd-jwt'): SignatureFacts {
  const signer = certificate(SEAL, [`${PURPOSE}.${kind === 'pdf' ? 1 : 3}`]);
  const binding = sampleBinding(kind);
  const at = '2026-03-05T02:00:00.000Z';
  return {
    id: kind === 'pdf' ? 'signature-1' : 'attachment-1',
    kind,
    attached: kind === 'sd-jwt',
    unreadable: null,
    pdf:
      kind === 'sd-jwt'
        ? null
        : {
            id: 'signature-1',
            type: 'signature',
            subFilter: 'GM.SM2',
            coverage: 'whole-file',
            coverageProblems: [],
            contentsProblems: [],
            problems: [],
            claimedTime: at,
            docMdp: 1,
            changesAfter: 'none',
            cms: 'cd'.repeat(32),
            digests: { sm3: '00'.repeat(32) },
          },
    cms:
      kind === 'sd-jwt'
        ? null
        : {
            signers: 1,
            detached: true,
            ber: false,
            trailing: 0,
            hasAttributes: true,
            contentIsAttributes: false,
            attributesInOrder: true,
            contentType: 'right',
            messageDigest: 'equal',
            digestAlgorithm: 'sm3',
            digestFitsSuite: true,
            signingCertificate: 'named',
            signingTime: false,
          },
    jws: kind === 'sd-jwt' ? { typ: 'dc+sd-jwt' } : null,
    suite: 'SM2-SM3',
    value: 'right',
    signer,
    path: { certificates: [signer, certificate('CA'), certificate('root')], failed: [], revocations: [good, good] },
    claimedTime: at,
    binding: { found: 'once', value: binding },
    journal: {
      state: 'proved',
      origin: 'journal.example',
      index: 2,
      treeSize: 3,
      fitsContent: true,
      fitsBinding: true,
      fitsSuite: true,
      intent: {
        id: 'i',
        sealCode: SEAL,
        keyId: 'k',
        suite: 'SM2-SM3',
        binding,
        salt: 'AAAAAAAAAAAAAAAAAAAAAA',
        saltedDigest: '00'.repeat(32),
        at,
      },
    },
  };
}

export const registryAnswer = {
  asOf: '2026-06-01T04:00:00.000Z',
  identifier: sampleLicence.identifier,
  licence: {
    typeName: '居住证明',
    version: '001',
    commitment: sampleBinding('pdf').commitment,
    validUntil: '2027-03-04',
    states: [{ state: 'valid', from: '2026-03-05T02:00:00.000Z', until: null }],
    renditions: [
      { kind: 'pdf', suite: 'SM2-SM3' },
      { kind: 'pdf', suite: 'ECDSA-P256-SHA256' },
    ],
  },
  seals: [
    {
      code: SEAL,
      states: [{ state: 'in-use', from: '2025-01-01T00:00:00.000Z', until: null, reason: 'made', journalSize: 0 }],
    },
  ],
} as const;

/** A sealed PDF with its data attached, everything in order, the registry asked. */
export const goodFacts: Facts = {
  at: JUDGED_AT.toISOString(),
  file: { kind: 'pdf', bytes: 40_000, sha256: 'ef'.repeat(32) },
  unreadable: null,
  pdf: {
    problems: [],
    revisions: [{ endOffset: 40_000, level: 'none', changes: [] }],
    signatures: [signature('pdf').pdf!],
    xmpLicence: sampleLicence.identifier,
    activeContent: [],
    duplicateObjects: 0,
    unreferencedObjects: 0,
    face: {
      runs: [
        { path: 'name', format: 'text', text: '样本', glyphs: 'same' },
        { path: 'name', format: 'text', text: '甲', glyphs: 'same' },
        { path: '@validUntil', format: 'date', text: '2027年03月04日', glyphs: 'same' },
        { path: 'members/0/name', format: null, text: '样本乙', glyphs: 'not-compared' },
        { path: '@verificationAddress', format: null, text: 'https://verify.example', glyphs: 'same' },
      ],
      hidden: [],
      problems: [],
    },
  },
  signatures: [signature('pdf'), signature('sd-jwt')],
  data: {
    binding: { found: 'once', value: sampleBinding('sd-jwt') },
    commitmentFits: true,
    disclosuresFit: true,
    issuer: { name: '样本市市场监督管理局', code: ISSUER_CODE },
    validity: { from: '2026-03-05', until: '2027-03-04' },
    items: sampleLicence.items,
    facts: { '@validUntil': '2027-03-04', '@number': sampleLicence.number },
  },
  registry: { asked: true, answer: registryAnswer },
};

/** A copy in which the value at the path (`signatures.0.value`) is another. */
export function changed(facts: Facts, ...changes: readonly (readonly [path: string, value: unknown])[]): Facts {
  const copy = structuredClone(facts) as unknown as Record<string, unknown>;
  for (const [path, value] of changes) {
    const steps = path.split('.');
    let at = copy;
    for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
    if (!Object.hasOwn(at, steps.at(-1)!)) throw new Error(`no such fact: ${path}`);
    at[steps.at(-1)!] = structuredClone(value);
  }
  return copy as unknown as Facts;
}
