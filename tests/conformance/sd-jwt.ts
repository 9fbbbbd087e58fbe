import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, parse, parseDocument } from 'yaml';
import type { Node, Pair } from 'yaml';
import { canonicalText, toBase64url, utf8 } from '../../src/core/encoding/index.js';
import type { Json } from '../../src/core/errors/index.js';
import { digestOfDisclosure, parseDisclosure, processPayload } from '../../src/core/renditions/sd-jwt/index.js';
import type { JsonObject } from '../../src/core/renditions/sd-jwt/index.js';
import { tried } from './suite.js';
import type { Suite } from './suite.js';

/**
 * The specifications of the reference implementation say which claims are disclosable (`!sd`), what the holder discloses
 * and what the verifier must then see. Here an issuer and a holder as small as possible play the first two parts.
 */
export const SD_JWT: Suite = {
  name: 'sd-jwt',
  source: 'RFC 9901, specifications of sd-jwt-python',
  vectors: 'sd-jwt',
  cases: 32,
  bothPlatforms: false,
  run: (folder) =>
    Promise.all(
      ['tests/testcases', 'examples'].flatMap((set) =>
        readdirSync(join(folder, set))
          .map((name) => `${set}/${name}`)
          .filter((name) => existsSync(join(folder, name, 'specification.yml')))
          .map((name) => tried(name, () => isKept(readFileSync(join(folder, name, 'specification.yml'), 'utf8')))),
      ),
    ),
};

/** Does the verifier see what the specification says? */
function isKept(specification: string): boolean {
  const document = parseDocument(specification, { logLevel: 'silent' });
  const userClaims = document.get('user_claims', true) as Node;
  const choice = document.toJS() as { holder_disclosed_claims: Json; expect_verified_user_claims?: Json };
  const disclosures: string[] = [];
  const payload = issue(userClaims, choice.holder_disclosed_claims, disclosures, false) as JsonObject;
  const claims = processPayload(payload, reachable(payload, disclosures).map(parseDisclosure));
  const expected = choice.expect_verified_user_claims;
  // The examples of the drafts name no outcome: there only no digest may be left.
  if (expected === undefined) return !/"_sd"|"\.\.\."/.test(JSON.stringify(claims));
  return canonicalText(claims) === canonicalText(expected);
}

let counter = 0;

/** What one disclosable place became: its digest, and the disclosures of itself and below, by the holder's choice. */
function issue(node: Node | null, choice: Json | undefined, out: string[], all: boolean): Json {
  const below = (inner: Node | null, key: string | number): Json => {
    const next =
      all || choice === true
        ? true
        : choice !== null && typeof choice === 'object'
          ? (choice as Record<string | number, Json>)[key]
          : false;
    return issue(inner, next, out, all || next === true);
  };
  const chosen = (key: string | number): boolean => {
    if (all || choice === true) return true;
    const one =
      choice !== null && typeof choice === 'object' ? (choice as Record<string | number, Json>)[key] : undefined;
    return one !== undefined && one !== false && one !== null;
  };
  const hide = (parts: Json[], show: boolean): string => {
    const encoded = toBase64url(utf8(JSON.stringify([`salt${counter++}`, ...parts])));
    if (show) out.push(encoded);
    return digestOfDisclosure(encoded, 'sha256');
  };
  if (isMap(node)) {
    const plain: Record<string, Json> = {};
    const digests: string[] = [];
    for (const { key, value } of node.items as Pair<Node, Node>[]) {
      const name = String(isScalar(key) ? key.value : key);
      const inner = below(value, name);
      if (key.tag === '!sd') digests.push(hide([name, inner], chosen(name)));
      else plain[name] = inner;
    }
    return digests.length > 0 ? { ...plain, _sd: digests.sort() } : plain;
  }
  if (isSeq(node))
    return (node.items as Node[]).map((item, i) => {
      const inner = below(item, i);
      return item.tag === '!sd' ? { '...': hide([inner], chosen(i)) } : inner;
    });
  if (!isScalar(node)) return null;
  // A tagged plain scalar is left as text by the parser.
  return (node.tag === '!sd' && node.type === 'PLAIN' ? parse(node.source!) : node.toJSON()) as Json;
}

/** The reference takes presence of any choice below as disclosure; undisclosed parents take their children along. */
function reachable(payload: JsonObject, disclosures: readonly string[]): readonly string[] {
  const text = JSON.stringify(payload);
  const known = new Map(disclosures.map((one) => [digestOfDisclosure(one, 'sha256'), one]));
  const found = new Set<string>();
  const visit = (json: string) => {
    for (const [digest, one] of known)
      if (json.includes(digest) && !found.has(one)) {
        found.add(one);
        visit(JSON.stringify(parseDisclosure(one).value));
      }
  };
  visit(text);
  return disclosures.filter((one) => found.has(one));
}
