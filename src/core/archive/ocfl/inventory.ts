import type { Json } from '../../errors/index.js';
import { parseJson } from '../../encoding/index.js';
import type { Findings } from '../findings.js';
import type { OcflCode } from './codes.table.js';
import {
  isObject,
  readFixity,
  readManifest,
  readVersions,
  type DigestMap,
  type VersionBlock,
} from './inventory-blocks.js';
import { isUri } from './uri.js';
import { compareVersions, isVersionName } from './version-name.js';

/** An inventory whose keys have the right types; whether it tells the truth is checked against the files. */
export interface Inventory {
  readonly id: string;
  /** `1.0` or `1.1`, from `type`. */
  readonly spec: string;
  readonly algorithm: 'sha512' | 'sha256';
  readonly head: string;
  readonly contentDirectory: string;
  readonly manifest: DigestMap;
  /** In the order of their numbers. */
  readonly versions: ReadonlyMap<string, VersionBlock>;
  readonly fixity: ReadonlyMap<string, DigestMap>;
}

type JsonObject = { readonly [key: string]: Json };

const KEYS = ['id', 'type', 'digestAlgorithm', 'head', 'contentDirectory', 'manifest', 'versions', 'fixity'];
const TYPE = /^https:\/\/ocfl\.io\/(1\.[01])\/spec\/#inventory$/;

/**
 * Clause 3.5. Adds every fault to `findings`; undefined when what is left is too little to go on with.
 * Everything here was written by whoever made the object.
 */
export function readInventory(bytes: Uint8Array, at: string, findings: Findings<OcflCode>): Inventory | undefined {
  const json = parsed(bytes);
  if (!json) {
    findings.add('E033', at);
    return undefined;
  }
  for (const key of Object.keys(json)) if (!KEYS.includes(key)) findings.add('E102', at);
  for (const key of ['id', 'type', 'digestAlgorithm', 'head']) if (!(key in json)) findings.add('E036', at);

  const { id, head, digestAlgorithm: algorithm } = json;
  if (id !== undefined && (typeof id !== 'string' || id === '')) findings.add('E037', at);
  else if (typeof id === 'string' && !isUri(id)) findings.add('W005', at);
  const spec = typeof json['type'] === 'string' ? TYPE.exec(json['type'])?.[1] : undefined;
  if ('type' in json && spec === undefined) findings.add('E038', at);
  if (algorithm !== 'sha512' && algorithm !== 'sha256') {
    findings.add('E025', at);
    return undefined;
  }
  if (algorithm === 'sha256') findings.add('W004', at);
  const contentDirectory = readContentDirectory(json['contentDirectory'], at, findings);

  const manifest = readManifest(json['manifest'], at, findings);
  const versions = readVersions(json['versions'], manifest, at, findings);
  const fixity = readFixity(json['fixity'], at, findings);
  checkHead(head, versions, at, findings);
  checkContentPaths(manifest, versions, contentDirectory, at, findings);
  return {
    id: typeof id === 'string' ? id : '',
    spec: spec ?? '',
    algorithm,
    head: typeof head === 'string' ? head : '',
    contentDirectory,
    manifest,
    versions,
    fixity,
  };
}

function parsed(bytes: Uint8Array): JsonObject | undefined {
  try {
    const json = parseJson(bytes);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function readContentDirectory(json: Json | undefined, at: string, findings: Findings<OcflCode>): string {
  if (json === undefined) return 'content';
  if (json === '.' || json === '..') findings.add('E018', at);
  else if (typeof json !== 'string' || json === '' || json.includes('/')) findings.add('E017', at);
  else return json;
  return 'content';
}

function checkHead(
  head: Json | undefined,
  versions: Inventory['versions'],
  at: string,
  findings: Findings<OcflCode>,
): void {
  if (head === undefined || versions.size === 0) return;
  const newest = [...versions.keys()].filter(isVersionName).sort(compareVersions).at(-1);
  if (head !== newest) findings.add('E040', at);
}

/** Clause 3.5.2: content lies in `<version>/<contentDirectory>/`, of a version that the inventory knows. */
function checkContentPaths(
  manifest: DigestMap,
  versions: Inventory['versions'],
  contentDirectory: string,
  at: string,
  findings: Findings<OcflCode>,
): void {
  for (const path of [...manifest.values()].flat()) {
    const [version, folder, ...rest] = path.split('/');
    if (!versions.has(version!)) findings.add('E014', at);
    if (folder !== contentDirectory || rest.length === 0) findings.add('E042', path);
  }
  const used = new Set([...versions.values()].flatMap(({ state }) => [...state.keys()]));
  for (const digest of manifest.keys()) if (!used.has(digest)) findings.add('E107', at);
}
