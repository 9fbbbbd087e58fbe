import { canonicalText, equalBytes, fromUtf8 } from '../../encoding/index.js';
import { canDigest, digestHex } from '../digests.js';
import { Findings } from '../findings.js';
import type { ArchiveFinding, FoundEntry } from '../types.js';
import { OCFL_CODES, REGISTERED_EXTENSIONS, type OcflCode } from './codes.table.js';
import { readInventory, type Inventory } from './inventory.js';
import { compareVersions, isVersionName } from './version-name.js';

export interface OcflReport {
  /** No error; there may be warnings. */
  readonly valid: boolean;
  readonly id: string | null;
  readonly head: string | null;
  readonly findings: readonly ArchiveFinding[];
  /** Content files read and hashed. */
  readonly contentFiles: number;
  readonly contentBytes: number;
}

interface Subject {
  readonly files: ReadonlyMap<string, FoundEntry>;
  /** Paths of empty folders: whoever walks the object names them as `other`. */
  readonly emptyFolders: ReadonlySet<string>;
  readonly findings: Findings<OcflCode>;
}

interface ReadInventory {
  readonly inventory: Inventory;
  readonly bytes: Uint8Array;
}

/**
 * Validates one OCFL 1.0 or 1.1 object by what stands on disk alone, and reads every content file once.
 * Reports all that is wrong; throws only what `read` throws. Nothing in the object is believed, its inventory least of all.
 */
export async function validateOcflObject(
  entries: AsyncIterable<FoundEntry> | Iterable<FoundEntry>,
): Promise<OcflReport> {
  const subject = await collect(entries);
  const { findings } = subject;
  const spec = await checkDeclaration(subject);
  const root = await readInventoryAt(subject, '');
  if (!subject.files.has('inventory.json')) findings.add('E063');
  if (!root) return report(findings, undefined, { files: 0, bytes: 0 });
  if (spec !== undefined && root.inventory.spec !== spec) findings.add('E038', 'inventory.json');
  checkRootEntries(subject, root.inventory);
  checkVersionFolders(subject, root.inventory);
  const older = await readOlderInventories(subject, root);
  const inventories = [root.inventory, ...older.values()];
  const content = await digestContent(subject, inventories);
  for (const inventory of inventories) checkContent(subject, inventory, content);
  for (const [version, inventory] of older) checkHistory(inventory, root.inventory, version, content, findings);
  return report(findings, root.inventory, {
    files: content.size,
    bytes: [...content.keys()].reduce((sum, path) => sum + subject.files.get(path)!.size, 0),
  });
}

function report(
  findings: Findings<OcflCode>,
  root: Inventory | undefined,
  read: { files: number; bytes: number },
): OcflReport {
  return {
    valid: findings.valid,
    id: root?.id ?? null,
    head: root?.head ?? null,
    findings: findings.all,
    contentFiles: read.files,
    contentBytes: read.bytes,
  };
}

async function collect(entries: AsyncIterable<FoundEntry> | Iterable<FoundEntry>): Promise<Subject> {
  const files = new Map<string, FoundEntry>();
  const emptyFolders = new Set<string>();
  const findings = new Findings<OcflCode>(OCFL_CODES);
  for await (const entry of entries) {
    if (entry.kind === 'file') files.set(entry.path, entry);
    else if (entry.kind === 'link') findings.add('E090', entry.path);
    else emptyFolders.add(entry.path);
  }
  return { files, emptyFolders, findings };
}

/** Clause 3.2. Answers the OCFL version that is declared. */
async function checkDeclaration({ files, findings }: Subject): Promise<string | undefined> {
  const [name, ...more] = [...files.keys()].filter((path) => path.startsWith('0=') && !path.includes('/'));
  if (name === undefined || more.length > 0) {
    findings.add('E003');
    return undefined;
  }
  const spec = /^0=ocfl_object_(1\.[01])$/.exec(name)?.[1];
  if (spec === undefined) findings.add('E006', name);
  else if (textOf(await files.get(name)!.read()) !== `ocfl_object_${spec}\n`) findings.add('E007', name);
  return spec;
}

/** `folder` is empty or ends with a slash. */
async function readInventoryAt({ files, findings }: Subject, folder: string): Promise<ReadInventory | undefined> {
  const path = `${folder}inventory.json`;
  const file = files.get(path);
  if (!file) return undefined;
  const bytes = await file.read();
  const inventory = readInventory(bytes, path, findings);
  if (!inventory) return undefined;
  const sidecar = files.get(`${path}.${inventory.algorithm}`);
  if (!sidecar) findings.add('E058', path);
  else {
    const digest = /^([0-9A-Fa-f]+)[ \t]+inventory\.json\r?\n?$/.exec(textOf(await sidecar.read()) ?? '')?.[1];
    if (digest === undefined) findings.add('E061', sidecar.path);
    else if (digest.toLowerCase() !== digestHex(inventory.algorithm, bytes)) findings.add('E060', path);
  }
  return { inventory, bytes };
}

/** Clause 3.1: what may stand in the object root. */
function checkRootEntries({ files, emptyFolders, findings }: Subject, root: Inventory): void {
  const own = ['inventory.json', `inventory.json.${root.algorithm}`];
  for (const path of [...files.keys(), ...emptyFolders]) {
    const [first, second, ...rest] = path.split('/') as [string, string?, ...string[]];
    const isFolder = second !== undefined || emptyFolders.has(path);
    if (isFolder && first === 'extensions') {
      if (second !== undefined && rest.length === 0 && files.has(path)) findings.add('E067', path);
      else if (second !== undefined && !REGISTERED_EXTENSIONS.has(second)) findings.add('W013', `extensions/${second}`);
    } else if (isFolder && (first === 'logs' || isVersionName(first))) continue;
    else if (isFolder || !(own.includes(first) || first.startsWith('0=')))
      findings.add('E001', isFolder ? first : path);
  }
}

/** Clauses 3.1 and 3.3. */
function checkVersionFolders({ files, emptyFolders, findings }: Subject, root: Inventory): void {
  const found = new Set<string>();
  for (const path of [...files.keys(), ...emptyFolders]) {
    const [version, second, ...rest] = path.split('/') as [string, string?, ...string[]];
    const isFile = files.has(path);
    if (!isVersionName(version) || (isFile && second === undefined)) continue;
    found.add(version);
    if (second === undefined) continue;
    if (second === root.contentDirectory && (rest.length > 0 || !isFile)) {
      if (!isFile) findings.add(rest.length === 0 ? 'W003' : 'E024', path);
    } else if (rest.length > 0 || !isFile) findings.add('W002', `${version}/${second}`);
    else if (!/^inventory\.json(\.sha(512|256))?$/.test(second)) findings.add('E015', path);
  }
  for (const version of found) if (!root.versions.has(version)) findings.add('E046', version);
  for (const version of root.versions.keys()) if (!found.has(version)) findings.add('E010', version);
}

/** Clauses 3.5.5 and 3.5.6. Answers the inventories of the versions before the newest, oldest first. */
async function readOlderInventories(subject: Subject, root: ReadInventory): Promise<ReadonlyMap<string, Inventory>> {
  const { findings } = subject;
  const older = new Map<string, Inventory>();
  let spec = '';
  for (const version of [...root.inventory.versions.keys()].filter(isVersionName)) {
    const read = await readInventoryAt(subject, `${version}/`);
    if (!subject.files.has(`${version}/inventory.json`)) findings.add('W010', version);
    if (!read) continue;
    const { inventory } = read;
    if (version === root.inventory.head) {
      if (!equalBytes(read.bytes, root.bytes)) findings.add('E064', version);
    } else older.set(version, inventory);
    if (inventory.head !== version) findings.add('E040', `${version}/inventory.json`);
    if (inventory.id !== root.inventory.id) findings.add('E110', `${version}/inventory.json`);
    if (inventory.contentDirectory !== root.inventory.contentDirectory)
      findings.add('E019', `${version}/inventory.json`);
    if (inventory.spec < spec) findings.add('E103', version);
    spec = inventory.spec;
  }
  return older;
}

/** path → algorithm → digest. Each byte is read once, however many inventories and algorithms speak about it. */
type ContentDigests = ReadonlyMap<string, ReadonlyMap<string, string>>;

async function digestContent({ files }: Subject, inventories: readonly Inventory[]): Promise<ContentDigests> {
  const wanted = new Map<string, Set<string>>();
  const want = (path: string, algorithm: string): void => {
    if (files.has(path) && canDigest(algorithm)) wanted.set(path, (wanted.get(path) ?? new Set()).add(algorithm));
  };
  const root = inventories[0]!;
  for (const { manifest, algorithm, fixity } of inventories) {
    for (const path of [...manifest.values()].flat()) [algorithm, root.algorithm].forEach((name) => want(path, name));
    for (const [name, block] of fixity) for (const path of [...block.values()].flat()) want(path, name);
  }
  const content = new Map<string, ReadonlyMap<string, string>>();
  for (const [path, algorithms] of wanted) {
    const bytes = await files.get(path)!.read();
    content.set(path, new Map([...algorithms].map((algorithm) => [algorithm, digestHex(algorithm, bytes)])));
  }
  return content;
}

/** Clauses 3.3.1, 3.5.2 and 3.5.4: files and digests, both ways. */
function checkContent({ files, findings }: Subject, inventory: Inventory, content: ContentDigests): void {
  const { algorithm, manifest, fixity, versions, contentDirectory } = inventory;
  for (const [digest, paths] of manifest)
    for (const path of paths)
      if (content.get(path)?.get(algorithm) !== digest.toLowerCase()) findings.add('E092', path);
  for (const [name, block] of fixity) {
    if (!canDigest(name)) continue;
    for (const [digest, paths] of block)
      for (const path of paths) if (content.get(path)?.get(name) !== digest.toLowerCase()) findings.add('E093', path);
  }
  const listed = new Set([...manifest.values()].flat());
  for (const path of files.keys()) {
    const [version, folder] = path.split('/');
    if (versions.has(version!) && folder === contentDirectory && !listed.has(path)) findings.add('E023', path);
  }
}

/** Clause 3.5.5: what an older inventory said of a version is what the newest still says of it. */
function checkHistory(
  older: Inventory,
  root: Inventory,
  version: string,
  content: ContentDigests,
  findings: Findings<OcflCode>,
): void {
  const at = `${version}/inventory.json`;
  const expected = [...root.versions.keys()].filter((name) => compareVersions(name, version) <= 0);
  if ([...older.versions.keys()].some((name) => !expected.includes(name))) findings.add('E066', at);
  for (const name of expected) {
    const then = older.versions.get(name);
    const now = root.versions.get(name)!;
    if (!then || stateText(older, then.state, root, content) !== stateText(root, now.state, root, content))
      findings.add('E066', at);
    else if (canonicalText(then.words) !== canonicalText(now.words)) findings.add('W011', at);
  }
}

/**
 * A state as text that can be compared across digest algorithms: each logical path with the digest that its content has
 * NOW under the algorithm of the root.
 */
function stateText(
  inventory: Inventory,
  state: Inventory['manifest'],
  root: Inventory,
  content: ContentDigests,
): string {
  const lines: string[] = [];
  for (const [digest, paths] of state) {
    const stored = inventory.manifest.get(digest)?.[0] ?? '';
    const actual = content.get(stored)?.get(root.algorithm) ?? digest.toLowerCase();
    for (const path of paths) lines.push(JSON.stringify([path, actual]));
  }
  return lines.sort().join('\n');
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes);
  } catch {
    return undefined;
  }
}
