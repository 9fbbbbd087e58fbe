import { hash } from '#primitives';
import { suiteOfAlgorithm } from '../../crypto/index.js';
import { equalBytes, expectTag, readBitString, readDer, readTime, TAG, toHex } from '../../encoding/index.js';
import { malformed, reading } from '../malformed.js';
import type { CertificateList, Extension } from '../types.js';
import { EXTENSION_OIDS, extensionValue, readExtensions } from '../x509/extension.js';
import { identifierOf, smallIntegerOf } from '../x509/integers.js';
import { readName } from '../x509/name.js';
import { contentsOf, elementsOf } from './elements.js';
import { readRevokedEntries, type RevokedEntries } from './revoked-entries.js';

const SEQUENCE = 0x30;
const EXPLICIT_0 = 0xa0;
const NO_ENTRIES: RevokedEntries = { revoked: new Map(), entryExtensions: [] };

/**
 * CertificateList (RFC 5280 5.1), strict DER, exactly one. Linear in its length. Nothing is checked but the form:
 * see `verifyCertificateList`, which also refuses critical extensions that are not understood.
 *
 * @throws PkiError CRL_MALFORMED
 */
export function readCertificateList(der: Uint8Array): CertificateList {
  return reading('CRL_MALFORMED', () => {
    const [tbs, outerAlgorithm, signature] = few(contentsOf(der, SEQUENCE), 3);
    const fields = few(contentsOf(tbs, SEQUENCE), 7);
    const versioned = fields[0]?.[0] === TAG.integer;
    if (versioned && smallIntegerOf(readDer(fields.shift()!)) !== 1) throw refuse('version');
    const [algorithm, issuer, thisUpdate, ...rest] = fields;
    const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined;
    const entries = rest[0]?.[0] === SEQUENCE ? readRevokedEntries(contentsOf(rest.shift(), SEQUENCE)) : NO_ENTRIES;
    const extensions = extensionsOf(rest, versioned);
    const number = extensionValue(extensions, EXTENSION_OIDS.crlNumber);
    return {
      der,
      tbs: tbs!,
      issuer: readName(node(issuer)),
      thisUpdate: readTime(node(thisUpdate)),
      nextUpdate: nextUpdate && readTime(node(nextUpdate)),
      number: number && identifierOf(readDer(number)),
      suite: suiteOfBoth(algorithm, outerAlgorithm),
      signature: readBitString(node(signature)),
      ...entries,
      extensions,
      id: toHex(hash('sha256', der)),
    };
  });
}

const node = (element: Uint8Array | undefined) => readDer(element ?? new Uint8Array(0));

function few(contents: Uint8Array, limit: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (const element of elementsOf(contents))
    if (out.push(element) > limit) throw refuse('more fields than the standard has');
  return out;
}

function isTime(element: Uint8Array | undefined): boolean {
  return element?.[0] === TAG.utcTime || element?.[0] === TAG.generalizedTime;
}

function extensionsOf(rest: readonly Uint8Array[], versioned: boolean): readonly Extension[] {
  const [list, ...more] = rest;
  if (list === undefined) return [];
  if (more.length > 0 || !versioned) throw refuse('field after the entries');
  return readExtensions(readDer(contentsOf(list, EXPLICIT_0)), 'CRL_MALFORMED');
}

/** RFC 5280 5.1.1.2: both identifiers are the same. */
function suiteOfBoth(inner: Uint8Array | undefined, outer: Uint8Array | undefined): CertificateList['suite'] {
  if (inner === undefined || outer === undefined || !equalBytes(inner, outer)) throw refuse('two signature algorithms');
  if (inner.length > 512) throw refuse('signature algorithm too long');
  return suiteOfAlgorithm(expectTag(readDer(inner), TAG.sequence));
}

const refuse = (why: string) => malformed('CRL_MALFORMED', why);
