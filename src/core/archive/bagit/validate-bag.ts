import { canDigest, digestHex } from '../digests.js';
import { Findings } from '../findings.js';
import type { ArchiveFinding, FoundEntry } from '../types.js';
import { BAG_CODES, type BagCode } from './codes.table.js';
import {
  decode,
  isKnownVersion,
  isSafePath,
  linesOf,
  readDeclaration,
  readInfo,
  readManifestLine,
  type BagDeclaration,
} from './tag-files.js';

export interface BagReport {
  readonly version: string | null;
  /** RFC 8493 3: every listed file is there and every file of the payload is listed. */
  readonly complete: boolean;
  /** Complete, and every digest of every manifest is right. */
  readonly valid: boolean;
  readonly findings: readonly ArchiveFinding[];
  readonly payloadFiles: number;
  readonly payloadBytes: number;
}

/** path → digest */
type Manifest = ReadonlyMap<string, string>;

/**
 * Validates a bag, BagIt 0.93 to 1.0 (RFC 8493 3); paths of the entries are relative to the folder that holds `bagit.txt`.
 * Nothing is ever fetched: a bag with `fetch.txt` is judged by what is there. Reports all that is wrong.
 */
export async function validateBag(entries: AsyncIterable<FoundEntry> | Iterable<FoundEntry>): Promise<BagReport> {
  const findings = new Findings<BagCode>(BAG_CODES);
  const files = new Map<string, FoundEntry>();
  for await (const entry of entries) {
    if (entry.kind === 'file') files.set(entry.path, entry);
    else if (entry.kind === 'link') findings.add('LINK', entry.path);
  }
  const payload = [...files.values()].filter(({ path }) => path.startsWith('data/'));
  const declaration = await declarationOf(files, findings);
  if (declaration) await new BagCheck(files, payload, declaration, findings).run();
  return {
    version: declaration?.version ?? null,
    complete: findings.all.every(
      ({ code, level }) => level === 'warning' || ['DIGEST_DIFFERS', 'ALGORITHM_UNKNOWN'].includes(code),
    ),
    valid: findings.valid,
    findings: findings.all,
    payloadFiles: payload.length,
    payloadBytes: sizeOf(payload),
  };
}

async function declarationOf(
  files: ReadonlyMap<string, FoundEntry>,
  findings: Findings<BagCode>,
): Promise<BagDeclaration | undefined> {
  const file = files.get('bagit.txt');
  if (!file) {
    findings.add('DECLARATION_MISSING');
    return undefined;
  }
  const declaration = readDeclaration(await file.read());
  if (!declaration) findings.add('DECLARATION_MALFORMED', 'bagit.txt');
  else if (!isKnownVersion(declaration.version)) findings.add('VERSION_UNKNOWN', 'bagit.txt');
  else return declaration;
  return undefined;
}

const SYSTEM_FILE = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

class BagCheck {
  /** Before 1.0 some sloppiness of known tools is part of the format; it is named, not refused. */
  private readonly isOld: boolean;
  private readonly foldedNames: ReadonlyMap<string, string>;

  constructor(
    private readonly files: ReadonlyMap<string, FoundEntry>,
    private readonly payload: readonly FoundEntry[],
    private readonly declaration: BagDeclaration,
    private readonly findings: Findings<BagCode>,
  ) {
    this.isOld = declaration.version !== '1.0';
    this.foldedNames = new Map([...files.keys()].map((path) => [folded(path), path]));
  }

  async run(): Promise<void> {
    if (this.payload.length === 0 && !this.isOld) this.findings.add('PAYLOAD_MISSING');
    const payloadManifests = await this.manifests(/^manifest-([a-z0-9-]+)\.txt$/);
    const tagManifests = await this.manifests(/^tagmanifest-([a-z0-9-]+)\.txt$/);
    if (payloadManifests.size === 0) this.findings.add('MANIFEST_MISSING');
    this.checkPlaces(payloadManifests, tagManifests);
    this.checkUnlisted([...payloadManifests.values()]);
    await this.checkInfo([...payloadManifests.values()]);
    await this.checkFetch();
    await this.checkDigests([...payloadManifests, ...tagManifests]);
  }

  /** By file name. */
  private async manifests(pattern: RegExp): Promise<ReadonlyMap<string, Manifest>> {
    const manifests = new Map<string, Manifest>();
    for (const name of this.files.keys()) if (pattern.test(name)) manifests.set(name, await this.manifest(name));
    return manifests;
  }

  private async manifest(name: string): Promise<Manifest> {
    const listed = new Map<string, string>();
    const names = new Set<string>();
    for (const line of linesOf(await this.text(name))) {
      const read = readManifestLine(line, this.isOld);
      if (!read) {
        this.findings.add('MANIFEST_MALFORMED', name);
        continue;
      }
      const { path, digest } = read;
      if (!isSafePath(path)) {
        this.findings.add('PATH_UNSAFE', name);
        continue;
      }
      if (read.isRelative) this.findings.add('W_RELATIVE_PATH', name);
      if (read.hasMark) this.findings.add('W_BINARY_MARK', name);
      if (SYSTEM_FILE.test(path)) this.findings.add('W_SYSTEM_FILE', path);
      const before = listed.get(path);
      if (before !== undefined)
        this.findings.add(this.isOld && before === digest ? 'W_LISTED_TWICE' : 'LISTED_TWICE', path);
      else if (names.has(folded(path))) this.findings.add('W_NAMES_ALIKE', path);
      names.add(folded(path));
      listed.set(path, digest);
    }
    return listed;
  }

  /** RFC 8493 2.1.3 and 2.2.1: which manifest lists what. */
  private checkPlaces(
    payloadManifests: ReadonlyMap<string, Manifest>,
    tagManifests: ReadonlyMap<string, Manifest>,
  ): void {
    for (const [name, manifest] of payloadManifests)
      for (const path of manifest.keys()) if (!path.startsWith('data/')) this.findings.add('PATH_MISPLACED', name);
    for (const [name, manifest] of tagManifests) {
      for (const path of manifest.keys())
        if (path.startsWith('data/') || path.startsWith('tagmanifest-')) this.findings.add('PATH_MISPLACED', name);
      if (!this.isOld)
        for (const path of payloadManifests.keys()) if (!manifest.has(path)) this.findings.add('FILE_UNLISTED', path);
    }
  }

  /** Since 1.0 every manifest lists the whole payload; before, one of them was enough. */
  private checkUnlisted(manifests: readonly Manifest[]): void {
    for (const { path } of this.payload) {
      const lists = (manifest: Manifest): boolean =>
        manifest.has(path) || (this.isOld && [...manifest.keys()].some((name) => folded(name) === folded(path)));
      if (this.isOld ? !manifests.some(lists) : !manifests.every(lists)) this.findings.add('FILE_UNLISTED', path);
    }
  }

  private async checkInfo(manifests: readonly Manifest[]): Promise<void> {
    if (!this.files.has('bag-info.txt')) return;
    const info = readInfo(await this.text('bag-info.txt'), this.isOld);
    if (!info) {
      this.findings.add('INFO_MALFORMED', 'bag-info.txt');
      return;
    }
    const sizes = info.filter(([label]) => label.toLowerCase() === 'payload-oxum').map(([, value]) => value.trim());
    if (sizes.length > 1) this.findings.add('INFO_MALFORMED', 'bag-info.txt');
    const actual = `${sizeOf(this.payload)}.${this.payload.length}`;
    // A file that its system took away was counted when the bag was made.
    if (manifests.some((manifest) => [...manifest.keys()].some((path) => this.isTakenAway(path)))) return;
    if (sizes.some((size) => size !== actual)) this.findings.add('OXUM_DIFFERS', 'bag-info.txt');
  }

  private async checkFetch(): Promise<void> {
    if (!this.files.has('fetch.txt')) return;
    this.findings.add('W_FETCH', 'fetch.txt');
    for (const line of linesOf(await this.text('fetch.txt'))) {
      const path = /^[^\s:]+:\S+[ \t]+(?:\d+|-)[ \t]+(.+)$/.exec(line)?.[1];
      if (path === undefined) this.findings.add('FETCH_MALFORMED', 'fetch.txt');
      else if (!isSafePath(path) || !path.startsWith('data/')) this.findings.add('PATH_UNSAFE', 'fetch.txt');
    }
  }

  /** Each file is read once, whatever manifests list it. */
  private async checkDigests(manifests: readonly (readonly [name: string, manifest: Manifest])[]): Promise<void> {
    const claims = new Map<string, { algorithm: string; digest: string }[]>();
    for (const [name, manifest] of manifests) {
      const algorithm = /-([a-z0-9-]+)\.txt$/.exec(name)![1]!;
      if (!canDigest(algorithm)) {
        this.findings.add('ALGORITHM_UNKNOWN', name);
        continue;
      }
      for (const [path, digest] of manifest) claims.set(path, [...(claims.get(path) ?? []), { algorithm, digest }]);
    }
    for (const [path, wanted] of claims) {
      const file = this.find(path);
      if (!file) continue;
      const bytes = await file.read();
      for (const { algorithm, digest } of wanted)
        if (digestHex(algorithm, bytes) !== digest) this.findings.add('DIGEST_DIFFERS', path);
    }
  }

  private find(path: string): FoundEntry | undefined {
    const file = this.files.get(path);
    if (file) return file;
    const alike = this.isOld ? this.foldedNames.get(folded(path)) : undefined;
    if (alike !== undefined) {
      this.findings.add('W_NAMES_ALIKE', path);
      return this.files.get(alike);
    }
    if (!this.isTakenAway(path)) this.findings.add('FILE_MISSING', path);
    return undefined;
  }

  /** Finder and Explorer take their files away as they please; `manifest` has warned of them. */
  private isTakenAway(path: string): boolean {
    return this.isOld && SYSTEM_FILE.test(path) && !this.files.has(path);
  }

  private async text(name: string): Promise<string> {
    const text = decode(await this.files.get(name)!.read(), this.declaration.encoding);
    if (text === undefined) this.findings.add('ENCODING_UNKNOWN', name);
    return text ?? '';
  }
}

/** Two names that are one on some file systems. */
const folded = (path: string): string => path.normalize('NFC').toLowerCase();

const sizeOf = (files: readonly FoundEntry[]): number => files.reduce((sum, { size }) => sum + size, 0);
