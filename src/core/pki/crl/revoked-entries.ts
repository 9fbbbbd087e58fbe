import { childrenOf, expectTag, readDer, readTime, TAG } from '../../encoding/index.js';
import type { Oid } from '../../encoding/index.js';
import { malformed } from '../malformed.js';
import type { RevokedEntry } from '../types.js';
import { EXTENSION_OIDS, extensionValue, readExtensions } from '../x509/extension.js';
import { identifierOf } from '../x509/integers.js';
import { elementsOf } from './elements.js';

/** Octets. Room for about half a million entries, which take some 100 MB when read. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** CRLReason (RFC 5280 5.3.1). */
const REASONS: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
};

const UNDERSTOOD = new Set<Oid>([EXTENSION_OIDS.reasonCode, EXTENSION_OIDS.invalidityDate]);

export interface RevokedEntries {
  readonly revoked: ReadonlyMap<bigint, RevokedEntry>;
  readonly entryExtensions: readonly Oid[];
}

/** The contents of revokedCertificates (RFC 5280 5.1.2.6). Of two entries for one serial the first counts. */
export function readRevokedEntries(contents: Uint8Array): RevokedEntries {
  const revoked = new Map<bigint, RevokedEntry>();
  const notUnderstood = new Set<Oid>();
  if (contents.length > MAX_LENGTH) throw malformed('CRL_MALFORMED', `entries longer than ${MAX_LENGTH} octets`);
  for (const element of elementsOf(contents)) {
    const entry = readEntry(element, notUnderstood);
    if (!revoked.has(entry.serial)) revoked.set(entry.serial, entry);
  }
  return { revoked, entryExtensions: [...notUnderstood] };
}

function readEntry(element: Uint8Array, notUnderstood: Set<Oid>): RevokedEntry {
  const [serial, at, list, ...more] = childrenOf(readDer(element, { maxNodes: 1000 }));
  if (more.length > 0) throw malformed('CRL_MALFORMED', 'entry with more than three fields');
  const extensions = list === undefined ? [] : readExtensions(list, 'CRL_MALFORMED');
  for (const { oid, critical } of extensions) if (critical && !UNDERSTOOD.has(oid)) notUnderstood.add(oid);
  const reason = extensionValue(extensions, EXTENSION_OIDS.reasonCode);
  return {
    serial: identifierOf(serial),
    at: readTime(at),
    reason: reason === undefined ? undefined : reasonOf(reason),
  };
}

/** A number without a name is still a revocation, of unknown reason. */
function reasonOf(value: Uint8Array): string | undefined {
  const { contents } = expectTag(readDer(value), TAG.enumerated);
  return contents.length === 1 ? REASONS[contents[0]!] : undefined;
}
