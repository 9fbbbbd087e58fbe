import { hash } from '#primitives';
import { toHex, utf8 } from '../../encoding/index.js';
import { ArchiveError } from '../errors.js';
import { checkFileNames } from '../file-names.js';
import { SM3_SUMS, sm3Sums } from '../sm3-sums.js';
import type { PackedFile } from '../types.js';
import { isInstantWithZone } from './rfc3339.js';
import { ocflObjectPath } from './storage-root.js';
import { isUri } from './uri.js';

export interface OcflObjectInput {
  /** A URI that never changes, `urn:uuid:…`. */
  readonly id: string;
  /** RFC 3339 with seconds and zone. */
  readonly created: string;
  readonly message: string;
  /** `address` is a URI. */
  readonly user: { readonly name: string; readonly address: string };
  readonly files: readonly { readonly logicalPath: string; readonly bytes: Uint8Array }[];
}

export interface OcflObject {
  /** Relative to the storage root, layout 0004. */
  readonly objectPath: string;
  /** In the order of writing: OCFL wants the sidecar of the inventory last (E062). */
  readonly files: readonly PackedFile[];
  /** SHA-512 of the inventory, hex: through its manifest it stands for every byte of the object. */
  readonly inventorySha512: string;
}

/**
 * One version of one item as an OCFL 1.1 object, with `sm3sums.txt` over the other files.
 * Throws ARCHIVE_ITEM_MALFORMED for names that are not portable and for a broken id or time.
 */
export function ocflObject(input: OcflObjectInput): OcflObject {
  checkHead(input);
  const given = input.files.map(({ logicalPath, bytes }) => ({ path: logicalPath, bytes }));
  checkFileNames([...given.map(({ path }) => path), SM3_SUMS]);
  const { content, manifest, state } = place([...given, { path: SM3_SUMS, bytes: sm3Sums(given) }]);
  const inventory = utf8(
    JSON.stringify(
      {
        id: input.id,
        type: 'https://ocfl.io/1.1/spec/#inventory',
        digestAlgorithm: 'sha512',
        head: 'v1',
        contentDirectory: 'content',
        manifest,
        versions: { v1: { created: input.created, state, message: input.message, user: input.user } },
      },
      null,
      2,
    ) + '\n',
  );
  const inventorySha512 = toHex(hash('sha512', inventory));
  const sidecar = utf8(`${inventorySha512} inventory.json\n`);
  return {
    objectPath: ocflObjectPath(input.id),
    inventorySha512,
    files: [
      ...content,
      { path: 'v1/inventory.json', bytes: inventory },
      { path: 'v1/inventory.json.sha512', bytes: sidecar },
      { path: '0=ocfl_object_1.1', bytes: utf8('ocfl_object_1.1\n') },
      { path: 'inventory.json', bytes: inventory },
      { path: 'inventory.json.sha512', bytes: sidecar },
    ],
  };
}

/** Equal bytes are kept once and named by each of their logical paths. */
function place(files: readonly PackedFile[]): {
  content: PackedFile[];
  manifest: Record<string, string[]>;
  state: Record<string, string[]>;
} {
  const content: PackedFile[] = [];
  const manifest: Record<string, string[]> = {};
  const state: Record<string, string[]> = {};
  for (const { path, bytes } of files) {
    const digest = toHex(hash('sha512', bytes));
    const logical = (state[digest] ??= []);
    logical.push(path);
    if (logical.length > 1) continue;
    const stored = `v1/content/${contentName(path, digest)}`;
    manifest[digest] = [stored];
    content.push({ path: stored, bytes });
  }
  return { content, manifest, state };
}

/** Names that some file system may refuse or change are stored by digest; the true name is the logical path. */
function contentName(path: string, digest: string): string {
  return path.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(part) && !part.endsWith('.'))
    ? path
    : `by-digest/${digest.slice(0, 32)}`;
}

function checkHead({ id, created, user, files }: OcflObjectInput): void {
  if (!isUri(id)) throw malformed('id');
  if (!isUri(user.address)) throw malformed('user.address');
  if (!isInstantWithZone(created)) throw malformed('created');
  // `contentName` puts files there.
  if (files.some(({ logicalPath }) => /^by-digest(\/|$)/i.test(logicalPath))) throw malformed('files');
}

function malformed(field: string): ArchiveError {
  const words = { en: `${field} cannot stand in an inventory`, zh: '归档对象的描述有误' };
  return new ArchiveError('ARCHIVE_ITEM_MALFORMED', words, { details: { field } });
}
