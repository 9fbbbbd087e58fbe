import { hash } from '#primitives';
import { toHex, utf8 } from '../../encoding/index.js';
import { ArchiveError } from '../errors.js';
import { checkFileNames } from '../file-names.js';
import { SM3_SUMS, sm3Sums } from '../sm3-sums.js';
import type { PackedFile } from '../types.js';

export interface BagInput {
  /** Name of the one folder that holds the bag. */
  readonly baseName: string;
  /** Lines of `bag-info.txt` in order; `Payload-Oxum` is added. */
  readonly info: readonly (readonly [label: string, value: string])[];
  /** Paths below `data/`. */
  readonly payload: readonly PackedFile[];
  /** Further tag files, paths beside `bagit.txt`. */
  readonly tags?: readonly PackedFile[];
}

/**
 * A BagIt 1.0 bag (RFC 8493) with SHA-512 manifests and `sm3sums.txt` over the payload as a tag file: a foreign validator
 * may refuse a manifest of an algorithm it does not know. `sha512sum -c manifest-sha512.txt` in the bag checks it.
 *
 * Answers all files, paths beginning with `<baseName>/`. Throws ARCHIVE_ITEM_MALFORMED for names that are not portable.
 */
export function bag({ baseName, info, payload, tags = [] }: BagInput): readonly PackedFile[] {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(baseName)) throw malformed('baseName');
  // The summary is ours to make: two of it could differ.
  if (info.some(([label]) => label.toLowerCase() === 'payload-oxum')) throw malformed('info');
  if (tags.some(({ path }) => path.startsWith('data/'))) throw malformed('tags');
  const data = payload.map(({ path, bytes }) => ({ path: `data/${path}`, bytes }));
  const tagFiles: readonly PackedFile[] = [
    { path: 'bagit.txt', bytes: utf8('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n') },
    { path: 'bag-info.txt', bytes: utf8(infoText([...info, ['Payload-Oxum', payloadOxum(payload)]])) },
    { path: 'manifest-sha512.txt', bytes: manifest(data) },
    { path: SM3_SUMS, bytes: sm3Sums(data) },
    ...tags,
  ];
  const files = [...data, ...tagFiles, { path: 'tagmanifest-sha512.txt', bytes: manifest(tagFiles) }];
  checkFileNames(files.map(({ path }) => path));
  return files.map(({ path, bytes }) => ({ path: `${baseName}/${path}`, bytes }));
}

/** RFC 8493 2.2.2: octets and files of the payload. */
function payloadOxum(payload: readonly PackedFile[]): string {
  return `${payload.reduce((sum, { bytes }) => sum + bytes.length, 0)}.${payload.length}`;
}

/** Two spaces, as `sha512sum` wants it. */
function manifest(files: readonly PackedFile[]): Uint8Array {
  const lines = files.map(({ path, bytes }) => `${toHex(hash('sha512', bytes))}  ${encodePath(path)}\n`);
  return utf8(lines.join(''));
}

/** RFC 8493 2.1.3: CR, LF and `%`, and nothing else. `checkFileNames` lets no line break this far. */
const encodePath = (path: string): string => path.replaceAll('%', '%25');

function infoText(info: BagInput['info']): string {
  return info.map(([label, value]) => `${cleanLabel(label)}: ${cleanValue(label, value)}\n`).join('');
}

function cleanLabel(label: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(label)) throw malformed('info');
  return label;
}

function cleanValue(label: string, value: string): string {
  if (/[\r\n]/.test(value) || value.trim() !== value || value === '') throw malformed(`info.${label}`);
  return value;
}

function malformed(field: string): ArchiveError {
  return new ArchiveError(
    'ARCHIVE_ITEM_MALFORMED',
    { en: `${field} cannot stand in a bag`, zh: '归档包的描述有误' },
    { details: { field } },
  );
}
