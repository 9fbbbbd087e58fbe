import { hash } from '#primitives';
import { toBase64, toHex } from '../../src/core/encoding/index.js';
import type { Evidence, EvidenceObject } from '../../src/core/verification/index.js';
import { testLog } from './journal-keys.js';
import type { MiniPki } from './mini-pki.js';
import { sampleBinding } from './sample-licence.js';
import { sampleCms, sampleSdJwt } from './sample-seal.js';
import { JUDGED_AT, goodFacts } from './sample-facts.js';

export const CONTENT = new TextEncoder().encode('the bytes that the seal covers');

/** Evidence of a PDF as `collectEvidence` makes it; the CMS, the lists and the registry may be others. */
export function sampleEvidence(
  pki: MiniPki,
  changes: {
    readonly cms?: Uint8Array;
    readonly token?: Uint8Array | null;
    readonly crls?: readonly Uint8Array[];
    readonly anchors?: readonly Uint8Array[];
    readonly journals?: Evidence['journals'];
    readonly registry?: Evidence['registry'];
    readonly at?: Date;
    readonly digests?: Readonly<Record<string, string>>;
  } = {},
): Evidence {
  const at = (changes.at ?? JUDGED_AT).toISOString();
  const objects = new Map<string, EvidenceObject>();
  const put = (type: EvidenceObject['type'], source: EvidenceObject['source'], bytes: Uint8Array): string => {
    const id = toHex(hash('sha256', bytes));
    objects.set(id, { type, source, bytes, at });
    return id;
  };
  const messageDigest = hash(pki.suite.hash, CONTENT);
  const cms = changes.cms ?? sampleCms({ pki, messageDigest, binding: sampleBinding('pdf') });
  const token = changes.token === undefined ? sampleSdJwt(pki) : changes.token;
  const { runs, ...face } = goodFacts.pdf!.face;
  const digests = changes.digests ?? { [pki.suite.hash]: toHex(messageDigest) };
  const subFilter = pki.suite.id === 'SM2-SM3' ? 'GM.SM2' : 'ETSI.CAdES.detached';
  return {
    format: 'yinxin-evidence/1',
    at,
    file: goodFacts.file,
    unreadable: null,
    pdf: {
      ...goodFacts.pdf!,
      face: { ...face, runs },
      signatures: [{ ...goodFacts.pdf!.signatures[0]!, subFilter, cms: put('cms', 'file', cms), digests }],
    },
    tokens: token ? [{ id: 'attachment-1', attachment: 'licence.jwt', object: put('sd-jwt', 'file', token) }] : [],
    objects,
    anchors: (changes.anchors ?? [pki.root.der]).map((one) => put('certificate', 'trust', one)),
    intermediates: [],
    crls: (changes.crls ?? pki.crls).map((one) => put('crl', 'revocation', one)),
    journals: changes.journals ?? [
      {
        origin: testLog.origin,
        keys: testLog.keys.map(({ name, suite, spki }) => ({ name, suite, spki: toBase64(spki) })),
      },
    ],
    registry: changes.registry ?? { asked: false },
  };
}
