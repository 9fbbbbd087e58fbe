import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildPaths, readCertificate, readCertificateList, validatePath } from '../../../src/core/pki/index.js';
import type { PathFacts } from '../../../src/core/pki/index.js';
import { vectorsDir } from '../../support/vectors.js';

const folder = vectorsDir('pkits');
const AT = new Date('2026-01-01T00:00:00Z');

/** NIST broke these on purpose, in ways that strict DER or RFC 5280 4.1.2.2 refuse at once. */
const MALFORMED = new Set([
  'BadSignedCACert.crt', // BIT STRING with unused bits
  'InvalidDSASignatureTest6EE.crt', // the same
  'InvalidNegativeSerialNumberTest15EE.crt',
  'ValidNegativeSerialNumberTest14EE.crt',
  'BadCRLSignatureCACRL.crl', // BIT STRING with unused bits
]);

/** A complete list that a delta list contradicts: delta lists are optional (RFC 5280 5.2.4) and not read. */
const DELTA_ONLY = new Set(['41504', '41505']);

/** Support that is wanting: policies, name constraints, DSA, issuing distribution points, lists by another key. */
const COUNTS = { cases: 211, acceptedRightly: 32, refusedRightly: 120, refusedForWantOfSupport: 59 };

interface Case {
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  readonly params?: unknown;
  readonly error?: unknown;
}

(folder === undefined ? describe.skip : describe)('PKITS 1.0.1', () => {
  const load = <T>(kind: string, read: (bytes: Uint8Array) => T) => {
    const good = new Map<string, T>();
    const bad: string[] = [];
    for (const name of readdirSync(join(folder!, kind))) {
      try {
        good.set(name, read(Uint8Array.from(readFileSync(join(folder!, kind, name)))));
      } catch (error) {
        expect((error as { code?: string }).code).toMatch(/_MALFORMED$/);
        bad.push(name);
      }
    }
    return { good, bad };
  };

  it('reads its 405 certificates and 173 lists but for those broken in form', () => {
    const certificates = load('certs', readCertificate);
    const lists = load('crls', readCertificateList);
    expect([certificates.good.size + certificates.bad.length, lists.good.size + lists.bad.length]).toEqual([405, 173]);
    for (const name of [...certificates.bad, ...lists.bad]) expect(MALFORMED).toContain(name);
  });

  it('accepts no path that the suite rejects, and what it refuses too much it refuses for want of a named feature', async () => {
    const certificates = load('certs', readCertificate).good;
    const lists = load('crls', readCertificateList).good;
    const root = certificates.get('TrustAnchorRootCertificate.crt')!;
    const find = <T>(names: readonly string[] | undefined, from: ReadonlyMap<string, T>): T[] =>
      (names ?? []).flatMap((name) => from.get(name) ?? []);

    const factsOf = async (one: Case): Promise<PathFacts[]> => {
      const leaf = certificates.get(one.cert);
      if (leaf === undefined) return [];
      const crls = [lists.get('TrustAnchorRootCRL.crl')!, ...find(one.crls, lists)];
      const paths = buildPaths({ leaf, pool: find(one.other_certs, certificates), anchors: { certificates: [root] } });
      return Promise.all(paths.map((path) => validatePath({ path, at: AT, crls })));
    };
    const accepted = ({ checks, revocations }: PathFacts) =>
      checks.every(({ passed }) => passed) && revocations.every(({ status }) => status === 'good');
    const notSupported = ({ checks, revocations }: PathFacts) =>
      checks.every(({ check, passed, why }) => passed || check === 'critical-extensions' || why === 'suite-unknown') &&
      revocations.every(({ status }) => status !== 'revoked');

    const table = JSON.parse(readFileSync(join(folder!, 'pkits.json'), 'utf8')) as readonly Case[];
    // Cases with parameters ask for certain policies, which are not evaluated.
    const cases = table.filter(({ id, params }) => params === undefined && !DELTA_ONLY.has(id));
    const counts = { cases: cases.length, acceptedRightly: 0, refusedRightly: 0, refusedForWantOfSupport: 0 };
    for (const one of cases) {
      const facts = await factsOf(one);
      const isAccepted = facts.some(accepted);
      if (one.error !== undefined) {
        expect({ name: one.name, isAccepted }).toEqual({ name: one.name, isAccepted: false });
        counts.refusedRightly++;
      } else if (isAccepted) counts.acceptedRightly++;
      else {
        // Two negative serial numbers are refused as malformed; there are no facts about those.
        expect({ name: one.name, explained: facts.every(notSupported) }).toEqual({ name: one.name, explained: true });
        counts.refusedForWantOfSupport++;
      }
    }
    process.stdout.write(`PKITS: ${JSON.stringify(counts)}\n`);
    expect(counts).toEqual(COUNTS);
  });
});
