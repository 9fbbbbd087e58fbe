import { equalBytes } from '../../encoding/index.js';
import type { Certificate, Path, TrustAnchors } from '../types.js';

const MAX_LENGTH = 8;
const MAX_PATHS = 64;
/** Steps in all. A hostile pool of cross-certificates has exponentially many paths that end nowhere. */
const MAX_STEPS = 4096;

/**
 * Candidate paths from `leaf` to an anchor, shortest way to an anchor first at every step (RFC 4158, forward building).
 * Matched by name and, where both sides have one, key identifier; no signature is checked: see `validatePath`.
 * `pool` may hold anything, hostile certificates too: the search is bounded to 8 certificates a path and 64 paths.
 */
export function buildPaths(input: {
  readonly leaf: Certificate;
  readonly pool: readonly Certificate[];
  readonly anchors: TrustAnchors;
}): readonly Path[] {
  const { leaf, pool, anchors } = input;
  const anchorIds = new Set(anchors.certificates.map(({ id }) => id));
  if (anchorIds.has(leaf.id)) return [[leaf]];
  const anchorsByName = bySubject(anchors.certificates);
  const poolByName = bySubject(pool.filter(({ id }) => !anchorIds.has(id)));
  const paths: Path[] = [];
  let steps = 0;

  const extend = (path: Path): void => {
    const last = path.at(-1)!;
    for (const anchor of issuersOf(last, anchorsByName)) if (paths.length < MAX_PATHS) paths.push([...path, anchor]);
    // One place must stay for the anchor.
    if (path.length + 1 >= MAX_LENGTH) return;
    for (const issuer of issuersOf(last, poolByName)) {
      if (paths.length >= MAX_PATHS || ++steps > MAX_STEPS) return;
      if (!path.some((one) => isSameAuthority(one, issuer))) extend([...path, issuer]);
    }
  };
  extend([leaf]);
  return paths;
}

function bySubject(certificates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const map = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const same = map.get(certificate.subject.key);
    if (same === undefined) map.set(certificate.subject.key, [certificate]);
    else if (!same.some(({ id }) => id === certificate.id)) same.push(certificate);
  }
  return map;
}

function issuersOf(
  { issuer, authorityKeyId }: Certificate,
  map: ReadonlyMap<string, readonly Certificate[]>,
): readonly Certificate[] {
  return (map.get(issuer.key) ?? []).filter(
    ({ subjectKeyId }) => !authorityKeyId || !subjectKeyId || equalBytes(authorityKeyId, subjectKeyId),
  );
}

/** RFC 4158 2.4.2: the same name with the same key again is a loop, whatever certificate says so. */
function isSameAuthority(a: Certificate, b: Certificate): boolean {
  return a.subject.key === b.subject.key && equalBytes(a.spki, b.spki);
}
