import { describe, expect, it } from '@jest/globals';
import { fromUtf8, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { ocflObject, ocflObjectPath, ocflStorageRoot, validateOcflObject } from '../../../src/core/archive/index.js';
import type { OcflObjectInput, PackedFile } from '../../../src/core/archive/index.js';
import { hash } from '#primitives';
import { entriesOfFiles } from '../../support/found-entries.js';

const input: OcflObjectInput = {
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  created: '2026-11-20T08:00:00.000Z',
  message: '样本：签发',
  user: { name: 'Yinxin', address: 'https://example.org/yinxin' },
  files: [
    { logicalPath: 'data/result/licence.pdf', bytes: utf8('%PDF') },
    { logicalPath: 'data/result/营业执照（副本）.pdf', bytes: utf8('%PDF copy') },
    { logicalPath: 'metadata/elements.json', bytes: utf8('{}') },
    { logicalPath: 'metadata/same.json', bytes: utf8('{}') },
  ],
};
const textOf = (files: readonly PackedFile[], path: string): string =>
  fromUtf8(files.find((file) => file.path === path)!.bytes);

describe('an OCFL object', () => {
  const object = ocflObject(input);

  it('is valid by our own validator, without a finding', async () => {
    const report = await validateOcflObject(entriesOfFiles(object.files));
    expect(report).toMatchObject({ valid: true, id: input.id, head: 'v1', findings: [], contentFiles: 4 });
  });

  it('lists an SM3 digest of each other file', () => {
    expect(textOf(object.files, 'v1/content/sm3sums.txt').split('\n')).toEqual([
      `${toHex(hash('sm3', utf8('%PDF')))}  data/result/licence.pdf`,
      `${toHex(hash('sm3', utf8('%PDF copy')))}  data/result/营业执照（副本）.pdf`,
      `${toHex(hash('sm3', utf8('{}')))}  metadata/elements.json`,
      `${toHex(hash('sm3', utf8('{}')))}  metadata/same.json`,
      '',
    ]);
  });

  it('stores a name that is not safe everywhere by digest and keeps it as logical path', () => {
    const digest = toHex(hash('sha512', utf8('%PDF copy')));
    const inventory = JSON.parse(textOf(object.files, 'inventory.json')) as {
      manifest: Record<string, string[]>;
      versions: { v1: { state: Record<string, string[]> } };
    };
    expect(inventory.manifest[digest]).toEqual([`v1/content/by-digest/${digest.slice(0, 32)}`]);
    expect(inventory.versions.v1.state[digest]).toEqual(['data/result/营业执照（副本）.pdf']);
  });

  it('stores equal bytes once', () => {
    expect(object.files.filter(({ bytes }) => fromUtf8(bytes) === '{}').map(({ path }) => path)).toEqual([
      'v1/content/metadata/elements.json',
    ]);
  });

  it('has its sidecar last, and its inventory named by the digest it answers', () => {
    expect(object.files.at(-1)!.path).toBe('inventory.json.sha512');
    expect(textOf(object.files, 'inventory.json.sha512')).toBe(`${object.inventorySha512} inventory.json\n`);
  });

  it('is the same bytes for the same input', () => {
    expect(ocflObject(input)).toEqual(object);
  });

  it.each<[string, Partial<OcflObjectInput>]>([
    ['an id that is no URI', { id: 'licence 1' }],
    ['an address that is no URI', { user: { name: 'x', address: 'x' } }],
    ['a time without a zone', { created: '2026-11-20T08:00:00' }],
    ['a time without seconds', { created: '2026-11-20T08:00Z' }],
    ['a file where names are kept by digest', { files: [{ logicalPath: 'by-digest/x', bytes: utf8('') }] }],
    ['a file in place of the SM3 list', { files: [{ logicalPath: 'sm3sums.txt', bytes: utf8('') }] }],
    ...['../x', '/x', 'x/', 'a//b', 'a/./b', '', 'a\nb', 'a\\b', 'e\u0301', '\ud800'].map(
      (logicalPath): [string, Partial<OcflObjectInput>] => [
        `the file name ${JSON.stringify(logicalPath)}`,
        { files: [{ logicalPath, bytes: utf8('') }] },
      ],
    ),
    [
      'names that differ only in case',
      { files: ['a/B', 'A/b'].map((logicalPath) => ({ logicalPath, bytes: utf8('') })) },
    ],
    [
      'a name that is file and folder',
      { files: ['a', 'a/b'].map((logicalPath) => ({ logicalPath, bytes: utf8('') })) },
    ],
  ])('refuses %s', (_, more) => {
    expect(() => ocflObject({ ...input, ...more })).toThrow(
      expect.objectContaining({ code: 'ARCHIVE_ITEM_MALFORMED' }),
    );
  });
});

describe('the storage root', () => {
  // The examples of extension 0004 with its default parameters.
  it.each([
    ['object-01', '3c0/ff4/240/3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4'],
    ['..hor/rib:le-$id', '487/326/d8c/487326d8c2a3c0b885e23da1469b4d6671fd4e76978924b4443e9e3c316cda6d'],
  ])('maps %s to %s', (id, path) => {
    expect(ocflObjectPath(id)).toBe(path);
  });

  it('declares itself last', () => {
    const files = ocflStorageRoot();
    expect(files.at(-1)).toEqual({ path: '0=ocfl_1.1', bytes: utf8('ocfl_1.1\n') });
    expect(JSON.parse(textOf(files, 'ocfl_layout.json'))).toMatchObject({
      extension: '0004-hashed-n-tuple-storage-layout',
    });
  });
});
