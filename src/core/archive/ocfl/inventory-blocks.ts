import type { Json } from '../../errors/index.js';
import type { Findings } from '../findings.js';
import { canDigest } from '../digests.js';
import type { OcflCode } from './codes.table.js';
import { isInstantWithZone } from './rfc3339.js';
import { isUri } from './uri.js';
import { compareVersions, isVersionName, versionNumber } from './version-name.js';

/** Digest, as written, to paths. */
export type DigestMap = ReadonlyMap<string, readonly string[]>;

export interface VersionBlock {
  readonly state: DigestMap;
  /** created, message and user, to be compared with those of other inventories. */
  readonly words: Json;
}

type Codes = Findings<OcflCode>;

/** Names of https://ocfl.github.io/extensions/0009-digest-algorithms; those that we cannot compute are passed over (E028). */
const OTHER_FIXITY = ['blake2b-160', 'blake2b-256', 'blake2b-384', 'sha512/256', 'size', 'crc32', 'md2'];

/** Clause 3.5.2. */
export function readManifest(json: Json | undefined, at: string, findings: Codes): DigestMap {
  if (json === undefined) findings.add('E041', at);
  else if (!isObject(json)) findings.add('E106', at);
  else return readDigestMap(json, at, findings, { shape: 'E092', twice: 'E096' });
  return new Map();
}

/** Clause 3.5.4. */
export function readFixity(json: Json | undefined, at: string, findings: Codes): ReadonlyMap<string, DigestMap> {
  const fixity = new Map<string, DigestMap>();
  if (json === undefined) return fixity;
  if (!isObject(json)) findings.add('E111', at);
  else
    for (const [algorithm, block] of Object.entries(json)) {
      if (!canDigest(algorithm) && !OTHER_FIXITY.includes(algorithm)) findings.add('E056', at);
      if (!isObject(block)) findings.add('E057', at);
      else fixity.set(algorithm, readDigestMap(block, at, findings, { shape: 'E057', twice: 'E097' }));
    }
  return fixity;
}

/** Clause 3.5.3. Answers the blocks in the order of their numbers. */
export function readVersions(
  json: Json | undefined,
  manifest: DigestMap,
  at: string,
  findings: Codes,
): ReadonlyMap<string, VersionBlock> {
  if (json === undefined) findings.add('E043', at);
  else if (!isObject(json)) findings.add('E044', at);
  else {
    const names = Object.keys(json);
    checkVersionNames(names, at, findings);
    return new Map(
      names.sort(compareVersions).map((name) => [name, readVersion(json[name]!, manifest, `${at}#${name}`, findings)]),
    );
  }
  return new Map();
}

function checkVersionNames(names: readonly string[], at: string, findings: Codes): void {
  if (names.length === 0) findings.add('E008', at);
  if (!names.every(isVersionName)) findings.add('E104', at);
  const good = names.filter(isVersionName);
  const numbers = new Set(good.map(versionNumber));
  if (good.length > 0 && !numbers.has(1)) findings.add('E009', at);
  for (let i = 1; i <= good.length; i++) if (!numbers.has(i)) findings.add('E010', at);
  if (!good.some((name) => name.startsWith('v0'))) return;
  findings.add('W001', at);
  // Padded names all have one length.
  if (new Set(good.map((name) => name.length)).size > 1) findings.add('E012', at);
}

function readVersion(json: Json, manifest: DigestMap, at: string, findings: Codes): VersionBlock {
  if (!isObject(json)) {
    findings.add('E047', at);
    return { state: new Map(), words: null };
  }
  const { created, state, message, user } = json;
  if (created === undefined || state === undefined) findings.add('E048', at);
  if (created !== undefined && (typeof created !== 'string' || !isInstantWithZone(created))) findings.add('E049', at);
  for (const key of Object.keys(json))
    if (!['created', 'state', 'message', 'user'].includes(key)) findings.add('E102', at);
  if (message === undefined || user === undefined) findings.add('W007', at);
  if (message !== undefined && typeof message !== 'string') findings.add('E094', at);
  if (user !== undefined) checkUser(user, at, findings);
  return {
    state: readState(state, manifest, at, findings),
    words: { created: created ?? null, message: message ?? null, user: user ?? null },
  };
}

function checkUser(user: Json, at: string, findings: Codes): void {
  if (!isObject(user) || typeof user['name'] !== 'string' || user['name'] === '') {
    findings.add('E054', at);
    return;
  }
  for (const key of Object.keys(user)) if (key !== 'name' && key !== 'address') findings.add('E102', at);
  const address = user['address'];
  if (address === undefined) findings.add('W008', at);
  else if (typeof address !== 'string' || !isUri(address)) findings.add('W009', at);
}

function readState(json: Json | undefined, manifest: DigestMap, at: string, findings: Codes): DigestMap {
  const state = new Map<string, readonly string[]>();
  if (json === undefined) return state;
  if (!isObject(json)) {
    findings.add('E050', at);
    return state;
  }
  for (const [digest, paths] of Object.entries(json)) {
    // Letter for letter: the keys of the two blocks must correspond, hex digits of another case do not.
    if (!manifest.has(digest)) findings.add('E050', at);
    if (isTextList(paths)) state.set(digest, paths);
    else findings.add('E051', at);
  }
  const all = [...state.values()].flat();
  for (const path of all) {
    if (path.startsWith('/') || path.endsWith('/')) findings.add('E053', at);
    if (hasOddPart(path)) findings.add('E052', at);
  }
  if (collide(all)) findings.add('E095', at);
  return state;
}

function readDigestMap(
  json: { readonly [key: string]: Json },
  at: string,
  findings: Codes,
  codes: { readonly shape: OcflCode; readonly twice: OcflCode },
): DigestMap {
  const map = new Map<string, readonly string[]>();
  const folded = new Set<string>();
  for (const [digest, paths] of Object.entries(json)) {
    if (folded.has(digest.toLowerCase())) findings.add(codes.twice, at);
    folded.add(digest.toLowerCase());
    if (isTextList(paths) && paths.length > 0) map.set(digest, paths);
    else findings.add(codes.shape, at);
  }
  const all = [...map.values()].flat();
  for (const path of all) {
    if (path.startsWith('/') || path.endsWith('/')) findings.add('E100', at);
    if (hasOddPart(path)) findings.add('E099', at);
  }
  if (collide(all)) findings.add('E101', at);
  return map;
}

const hasOddPart = (path: string): boolean =>
  path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .some((part) => part === '' || part === '.' || part === '..');

/** A path that stands twice, or that another one continues. */
function collide(paths: readonly string[]): boolean {
  const all = new Set(paths);
  if (all.size < paths.length) return true;
  return paths.some((path) => {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
      if (all.has(path.slice(0, slash))) return true;
    return false;
  });
}

export function isObject(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

const isTextList = (json: Json): json is readonly string[] =>
  Array.isArray(json) && json.every((item) => typeof item === 'string');
