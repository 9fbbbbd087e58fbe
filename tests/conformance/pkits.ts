import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPaths, readCertificate, readCertificateList, validatePath } from '../../src/core/pki/index.js';
import type { Certificate, CertificateList, PathFacts } from '../../src/core/pki/index.js';
import { caseOf } from './suite.js';
import type { CaseResult, Suite } from './suite.js';
import { PKITS_MALFORMED, PKITS_OUT_OF_SCOPE } from './pkits-out-of-scope.table.js';

const AT = new Date('2026-01-01T00:00:00Z');

interface PkitsCase {
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  readonly error?: unknown;
}

interface Read<T> {
  readonly good: ReadonlyMap<string, T>;
  readonly results: readonly CaseResult[];
}

/** Reads every file of one kind. Those broken in form on purpose must be refused, with a code. */
function readAll<T>(folder: string, kind: 'certs' | 'crls', read: (bytes: Uint8Array) => T): Read<T> {
  const good = new Map<string, T>();
  const results = readdirSync(join(folder, kind)).map((name) => {
    try {
      good.set(name, read(Uint8Array.from(readFileSync(join(folder, kind, name)))));
      return caseOf(name, !PKITS_MALFORMED.has(name), 'read, though malformed');
    } catch (error) {
      const code = (error as { code?: string }).code ?? String(error);
      return caseOf(name, PKITS_MALFORMED.has(name) && code.endsWith('_MALFORMED'), code);
    }
  });
  return { good, results };
}

const readBoth = (folder: string) => ({
  certificates: readAll<Certificate>(folder, 'certs', readCertificate),
  lists: readAll<CertificateList>(folder, 'crls', readCertificateList),
});

export const PKITS_READING: Suite = {
  name: 'pkits-reading',
  source: 'NIST PKITS 1.0.1, certificates and revocation lists',
  vectors: 'pkits',
  cases: 405 + 173,
  bothPlatforms: false,
  run: (folder) => {
    const { certificates, lists } = readBoth(folder);
    return Promise.resolve([...certificates.results, ...lists.results]);
  },
};

export const PKITS_PATHS: Suite = {
  name: 'pkits-paths',
  source: 'NIST PKITS 1.0.1, path validation',
  vectors: 'pkits',
  cases: 246,
  bothPlatforms: false,
  outOfScope: PKITS_OUT_OF_SCOPE,
  async run(folder) {
    const { certificates, lists } = readBoth(folder);
    const table = JSON.parse(readFileSync(join(folder, 'pkits.json'), 'utf8')) as readonly PkitsCase[];
    return Promise.all(
      table.map(async (one) => {
        const facts = await pathsOf(one, certificates.good, lists.good);
        const accepted = facts.some(isAccepted);
        return caseOf(
          `${one.id} ${one.name}`,
          accepted === (one.error === undefined),
          accepted ? 'accepted' : whyNot(facts),
        );
      }),
    );
  },
};

async function pathsOf(
  one: PkitsCase,
  certificates: ReadonlyMap<string, Certificate>,
  lists: ReadonlyMap<string, CertificateList>,
): Promise<readonly PathFacts[]> {
  const leaf = certificates.get(one.cert);
  if (leaf === undefined) return [];
  const named = <T>(names: readonly string[] = [], from: ReadonlyMap<string, T>): T[] =>
    names.flatMap((name) => from.get(name) ?? []);
  const anchors = { certificates: named(['TrustAnchorRootCertificate.crt'], certificates) };
  const crls = named(['TrustAnchorRootCRL.crl', ...(one.crls ?? [])], lists);
  const paths = buildPaths({ leaf, pool: named(one.other_certs, certificates), anchors });
  return Promise.all(paths.map((path) => validatePath({ path, at: AT, crls })));
}

const isAccepted = ({ checks, revocations }: PathFacts): boolean =>
  checks.every(({ passed }) => passed) && revocations.every(({ status }) => status === 'good');

function whyNot(facts: readonly PathFacts[]): string {
  if (facts.length === 0) return 'refused: no path';
  const reasons = facts.flatMap(({ checks, revocations }) => [
    ...checks
      .filter(({ passed }) => !passed)
      .map(({ check, why, names }) => `${check} ${why ?? names?.join(' ') ?? ''}`.trim()),
    ...revocations
      .filter(({ status }) => status !== 'good')
      .map((found) => (found.status === 'unknown' ? found.why : found.status)),
  ]);
  return `refused: ${[...new Set(reasons)].join(', ')}`;
}
