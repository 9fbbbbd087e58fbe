import { fromBase64 } from '../../encoding/index.js';
import type { Checkpoint, LogVerifier } from '../../journal/index.js';
import { readCertificate, readCertificateList } from '../../pki/index.js';
import type { Certificate, CertificateList, SignatureCache } from '../../pki/index.js';
import { VerificationError } from '../errors.js';
import type { Evidence, EvidenceObject } from '../evidence.js';

/**
 * What was computed before and cannot change: parsed objects by their SHA-256, signature checks by both parties', right
 * checkpoints by journal keys and note. A service keeps one of these, bounded, between files. Without one everything is
 * computed.
 */
export interface EstablishCache {
  readonly signatures: SignatureCache;
  readonly certificates: KeptObjects<Certificate>;
  readonly lists: KeptObjects<CertificateList>;
  /** Promises, since the files of a batch come at once; a wrong one does not stay. */
  readonly checkpoints: Pick<Map<string, Promise<Checkpoint>>, 'get' | 'set' | 'delete'>;
}

export interface KeptObjects<T> {
  get(id: string): T | undefined;
  set(id: string, value: T): unknown;
}

export const emptyCache = (): EstablishCache => ({
  signatures: new Map(),
  certificates: new Map(),
  lists: new Map(),
  checkpoints: new Map(),
});

/** The evidence with its outside objects parsed. */
export interface World {
  readonly at: Date;
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly journals: readonly LogVerifier[];
  readonly cache: EstablishCache;
}

/** Throws EVIDENCE_MALFORMED where what the caller gave (not what the file holds) is missing or unreadable. */
export function worldOf(evidence: Evidence, cache: EstablishCache): World {
  const certificate = (id: string) => kept(id, cache.certificates, () => readCertificate(objectOf(evidence, id).bytes));
  const list = (id: string) => kept(id, cache.lists, () => readCertificateList(objectOf(evidence, id).bytes));
  return {
    at: new Date(evidence.at),
    anchors: evidence.anchors.map(certificate),
    intermediates: evidence.intermediates.map(certificate),
    crls: evidence.crls.map(list),
    journals: evidence.journals.map(({ origin, keys }) => ({
      origin,
      keys: keys.map(({ name, suite, spki }) => ({ name, suite, spki: fromBase64(spki) })),
    })),
    cache,
  };
}

export function objectOf(evidence: Evidence, id: string): EvidenceObject {
  const object = evidence.objects.get(id);
  if (!object)
    throw new VerificationError('EVIDENCE_MALFORMED', {
      en: 'the evidence lacks an object that it names',
      zh: '证据缺少其引用的对象',
    });
  return object;
}

function kept<T>(id: string, cache: KeptObjects<T>, read: () => T): T {
  const known = cache.get(id);
  if (known !== undefined) return known;
  const value = read();
  cache.set(id, value);
  return value;
}
