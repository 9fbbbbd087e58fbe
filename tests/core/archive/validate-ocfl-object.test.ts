import { describe, expect, it } from '@jest/globals';
import { toHex, utf8 } from '../../../src/core/encoding/index.js';
import { ocflObject, validateOcflObject } from '../../../src/core/archive/index.js';
import type { FoundEntry, PackedFile } from '../../../src/core/archive/index.js';
import { hash } from '#primitives';
import { entriesOfFiles } from '../../support/found-entries.js';

interface Inventory {
  [key: string]: unknown;
  manifest: Record<string, string[]>;
  versions: Record<string, { [key: string]: unknown; state: Record<string, string[]> }>;
}

const sha512 = (bytes: Uint8Array): string => toHex(hash('sha512', bytes));

const good = ocflObject({
  id: 'urn:uuid:1',
  created: '2026-11-20T08:00:00Z',
  message: 'one',
  user: { name: 'x', address: 'mailto:x@example.org' },
  files: [{ logicalPath: 'a.txt', bytes: utf8('A') }],
}).files;
const A = sha512(utf8('A'));

/** The good object with another inventory in both places, sidecars made anew: only the fault itself can be found. */
function withInventory(
  change: (inventory: Inventory) => void,
  files: readonly PackedFile[] = good,
  folders = ['', 'v1/'],
): PackedFile[] {
  const inventory = JSON.parse(
    new TextDecoder().decode(files.find(({ path }) => path === `${folders[0]}inventory.json`)!.bytes),
  ) as Inventory;
  change(inventory);
  return withInventoryBytes(utf8(JSON.stringify(inventory)), files, folders);
}

function withInventoryBytes(
  bytes: Uint8Array,
  files: readonly PackedFile[] = good,
  folders = ['', 'v1/'],
): PackedFile[] {
  const sidecar = utf8(`${sha512(bytes)} inventory.json\n`);
  return files.map((file) => {
    if (folders.some((folder) => file.path === `${folder}inventory.json`)) return { ...file, bytes };
    return folders.some((folder) => file.path === `${folder}inventory.json.sha512`)
      ? { ...file, bytes: sidecar }
      : file;
  });
}

const without = (path: string, files = good): PackedFile[] => files.filter((file) => file.path !== path);
const adding = (path: string, text = ''): PackedFile[] => [...good, { path, bytes: utf8(text) }];
const changing = (path: string, text: string): PackedFile[] =>
  good.map((file) => (file.path === path ? { path, bytes: utf8(text) } : file));
const empty = (path: string): FoundEntry => ({
  path,
  kind: 'other',
  size: 0,
  read: () => Promise.reject(new Error('no file')),
});

const codesOf = async (entries: Iterable<FoundEntry>): Promise<string[]> =>
  (await validateOcflObject(entries)).findings.map(({ code }) => code).sort();

/** A second version of the good object, whose v1 inventory is `older`. */
function twoVersions(older: (inventory: Inventory) => void = () => undefined): PackedFile[] {
  const files = [
    ...good,
    { path: 'v2/inventory.json', bytes: utf8('') },
    { path: 'v2/inventory.json.sha512', bytes: utf8('') },
  ];
  const v1 = withInventory(older, files, ['v1/']);
  return withInventory(
    (inventory) => {
      inventory['head'] = 'v2';
      inventory.versions['v2'] = { ...inventory.versions['v1']!, message: 'two' };
    },
    v1,
    ['', 'v2/'],
  );
}

describe('an OCFL object on disk', () => {
  it('is found valid when it is', async () => {
    expect(await codesOf(entriesOfFiles(good))).toEqual([]);
    expect(await codesOf(entriesOfFiles(twoVersions()))).toEqual([]);
  });

  const inFiles: [string, string[], PackedFile[]][] = [
    ['a byte of content changed', ['E092'], changing('v1/content/a.txt', 'B')],
    ['a content file removed', ['E092'], without('v1/content/a.txt')],
    ['a content file added', ['E023'], adding('v1/content/b.txt')],
    [
      'two content files swapped',
      ['E092', 'E092'],
      good.map((file) =>
        file.path === 'v1/content/a.txt'
          ? { ...file, bytes: good[1]!.bytes }
          : file.path === 'v1/content/sm3sums.txt'
            ? { ...file, bytes: utf8('A') }
            : file,
      ),
    ],
    [
      'a byte of the inventory changed',
      ['E060', 'E064'],
      changing('inventory.json', new TextDecoder().decode(good.at(-2)!.bytes).replace('one', 'two')),
    ],
    ['no inventory', ['E063'], without('inventory.json')],
    ['no sidecar', ['E058'], without('inventory.json.sha512')],
    [
      'a sidecar that is not text',
      ['E061'],
      good.map((file) =>
        file.path.endsWith('json.sha512') && !file.path.startsWith('v1')
          ? { ...file, bytes: new Uint8Array([0xff]) }
          : file,
      ),
    ],
    ['no declaration', ['E003'], without('0=ocfl_object_1.1')],
    ['two declarations', ['E003'], adding('0=ocfl_object_1.0', 'ocfl_object_1.0\n')],
    [
      'a declaration of an unknown version',
      ['E006'],
      [...without('0=ocfl_object_1.1'), { path: '0=ocfl_object_2.0', bytes: utf8('ocfl_object_2.0\n') }],
    ],
    [
      'a declaration of another version than the inventory',
      ['E038'],
      [...without('0=ocfl_object_1.1'), { path: '0=ocfl_object_1.0', bytes: utf8('ocfl_object_1.0\n') }],
    ],
    ['a stray file in the root', ['E001'], adding('note.txt')],
    ['a stray file in a version folder', ['E015'], adding('v1/note.txt')],
    ['a stray folder in a version folder', ['W002'], adding('v1/more/note.txt')],
    ['a log', [], adding('logs/scrub.txt')],
    ['a file named logs', ['E001'], adding('logs')],
    ['a file among the extensions', ['E067'], adding('extensions/x')],
    ['a registered extension', [], adding('extensions/0005-mutable-head/x')],
    ['an unregistered extension', ['W013'], adding('extensions/mine/x')],
    ['a version folder that the inventory does not know', ['E046'], adding('v2/content/x')],
    ['no inventory in a version folder', ['W010'], without('v1/inventory.json', without('v1/inventory.json.sha512'))],
  ];
  it.each(inFiles)('with %s is found to have %j', async (_, codes, files) => {
    expect(await codesOf(entriesOfFiles(files))).toEqual(codes);
  });

  const v1 = (change: (version: Inventory['versions'][string]) => void) => (inventory: Inventory) =>
    change(inventory.versions['v1']!);
  const inInventory: [string, string[], (inventory: Inventory) => void][] = [
    ['an unknown key', ['E102'], (i) => (i['note'] = 1)],
    ['no id', ['E036'], (i) => delete i['id']],
    ['an empty id', ['E037'], (i) => (i['id'] = '')],
    ['an id that is no URI', ['W005'], (i) => (i['id'] = 'one')],
    ['another type', ['E038'], (i) => (i['type'] = 'x')],
    ['a type that is no text', ['E038'], (i) => (i['type'] = 1)],
    ['another algorithm', ['E025'], (i) => (i['digestAlgorithm'] = 'md5')],
    ['no algorithm', ['E025', 'E036'], (i) => delete i['digestAlgorithm']],
    ['no head', ['E036', 'E040'], (i) => delete i['head']],
    ['a head that is no version', ['E040'], (i) => (i['head'] = 1)],
    ['a content folder with a slash', ['E017'], (i) => (i['contentDirectory'] = 'a/b')],
    ['a content folder that goes up', ['E018'], (i) => (i['contentDirectory'] = '..')],
    ['no manifest', ['E023', 'E041', 'E050'], (i) => delete (i as Partial<Inventory>).manifest],
    ['a manifest that is a list', ['E023', 'E050', 'E106'], (i) => ((i as Record<string, unknown>)['manifest'] = [])],
    [
      'paths that are no list',
      ['E023', 'E050', 'E092'],
      (i) => ((i.manifest as Record<string, unknown>)[A] = 'v1/content/a.txt'),
    ],
    ['a digest that no version uses', ['E092', 'E107'], (i) => (i.manifest['00'] = ['v1/content/b.txt'])],
    [
      'a digest twice in other case',
      ['E092', 'E096', 'E107'],
      (i) => (i.manifest[A.toUpperCase()] = ['v1/content/b.txt']),
    ],
    ['a path that goes up', ['E014', 'E023', 'E042', 'E092', 'E099'], (i) => (i.manifest[A] = ['../v1/content/a.txt'])],
    ['a path of an unknown version', ['E014', 'E023', 'E092'], (i) => (i.manifest[A] = ['v9/content/a.txt'])],
    [
      'a path that begins with a slash',
      ['E014', 'E023', 'E042', 'E092', 'E100'],
      (i) => (i.manifest[A] = ['/v1/content/a.txt']),
    ],
    ['a path outside the content folder', ['E023', 'E042', 'E092'], (i) => (i.manifest[A] = ['v1/a.txt'])],
    ['content paths that collide', ['E092', 'E101'], (i) => i.manifest[A]!.push('v1/content/a.txt/b')],
    ['no versions', ['E014', 'E043', 'E046', 'E107'], (i) => delete (i as Partial<Inventory>).versions],
    [
      'versions that are a text',
      ['E014', 'E044', 'E046', 'E107'],
      (i) => ((i as Record<string, unknown>)['versions'] = ''),
    ],
    ['a version of another name', ['E010', 'E104'], (i) => (i.versions['one'] = i.versions['v1']!)],
    [
      'a sequence that starts at 2',
      ['E009', 'E010', 'E014', 'E040', 'E046', 'W010'],
      (i) => (i.versions = { v2: i.versions['v1']! }),
    ],
    ['a version that is no object', ['E047', 'E107'], (i) => ((i.versions as Record<string, unknown>)['v1'] = 1)],
    ['no created', ['E048'], v1((v) => delete v['created'])],
    ['no state', ['E048', 'E107'], v1((v) => delete (v as Partial<typeof v>).state)],
    ['a created that is no time', ['E049'], v1((v) => (v['created'] = 'today'))],
    ['a state that is a list', ['E050', 'E107'], v1((v) => ((v as Record<string, unknown>)['state'] = []))],
    ['a state with an unknown digest', ['E050'], v1((v) => (v.state['00'] = ['b']))],
    ['logical paths that are no list', ['E051', 'E107'], v1((v) => ((v.state as Record<string, unknown>)[A] = 'a'))],
    ['a logical path that goes up', ['E052'], v1((v) => (v.state[A] = ['../a']))],
    ['a logical path that ends with a slash', ['E053'], v1((v) => (v.state[A] = ['a/']))],
    ['logical paths that collide', ['E095'], v1((v) => (v.state[A] = ['a', 'a/b']))],
    ['a message that is no text', ['E094'], v1((v) => (v['message'] = 1))],
    ['an unknown key in a version', ['E102'], v1((v) => (v['note'] = 1))],
    ['an unknown key in user', ['E102'], v1((v) => (v['user'] = { name: 'x', address: 'mailto:x', note: 1 }))],
    ['a user without name', ['E054'], v1((v) => (v['user'] = { address: 'mailto:x' }))],
    ['a user without address', ['W008'], v1((v) => (v['user'] = { name: 'x' }))],
    ['a user whose address is no text', ['W009'], v1((v) => (v['user'] = { name: 'x', address: 1 }))],
    ['neither message nor user', ['W007'], v1((v) => (delete v['message'], delete v['user']))],
    ['fixity that is a list', ['E111'], (i) => (i['fixity'] = [])],
    ['fixity of an unknown algorithm', ['E056'], (i) => (i['fixity'] = { rot13: {} })],
    [
      'fixity of an algorithm that we cannot compute',
      [],
      (i) => (i['fixity'] = { crc32: { '00': ['v1/content/a.txt'] } }),
    ],
    ['fixity that is no object', ['E057'], (i) => (i['fixity'] = { md5: [] })],
    [
      'fixity that is right',
      [],
      (i) => (i['fixity'] = { md5: { '7fc56270e7a70fa81a5935b72eacbe29': ['v1/content/a.txt'] } }),
    ],
    ['fixity that is wrong', ['E093'], (i) => (i['fixity'] = { sha256: { '00': ['v1/content/a.txt'] } })],
    [
      'fixity with a digest twice',
      ['E093', 'E097'],
      (i) => (i['fixity'] = { sha256: { aa: ['v1/content/a.txt'], AA: ['v1/content/sm3sums.txt'] } }),
    ],
  ];
  it.each(inInventory)('whose inventory has %s is found to have %j', async (_, codes, change) => {
    const found = await codesOf(entriesOfFiles(withInventory(change)));
    expect([...new Set(found)]).toEqual(codes);
  });

  it.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['a key twice', '{"id":1,"id":2}'],
    ['nested without end', '['.repeat(1000)],
  ])('whose inventory is %s is found to have E033', async (_, text) => {
    expect(new Set(await codesOf(entriesOfFiles(withInventoryBytes(utf8(text)))))).toEqual(new Set(['E033']));
  });

  it('with padded version numbers of two lengths is found to have E012', async () => {
    const found = await codesOf(
      entriesOfFiles(
        withInventory((i) => Object.assign(i.versions, { v02: i.versions['v1'], v003: i.versions['v1'] })),
      ),
    );
    expect(found).toEqual(expect.arrayContaining(['E012', 'W001']));
  });

  it('with links and empty folders is found to have them', async () => {
    const link: FoundEntry = { ...empty('v1/content/link'), kind: 'link' };
    const odd = ['v1/content/hollow', 'v1/hollow', 'hollow', 'v2', 'extensions', 'logs'].map(empty);
    expect(await codesOf([...entriesOfFiles(good), link, ...odd])).toEqual(['E001', 'E024', 'E046', 'E090', 'W002']);
  });

  it('with an empty content folder is warned of', async () => {
    const files = withInventory(
      (i) => {
        i.manifest = {};
        i.versions['v1']!.state = {};
      },
      good.filter(({ path }) => !path.startsWith('v1/content/')),
    );
    expect(await codesOf(entriesOfFiles(files))).toEqual([]);
    expect(await codesOf([...entriesOfFiles(files), empty('v1/content')])).toEqual(['W003']);
  });

  const inHistory: [string, string[], (inventory: Inventory) => void][] = [
    ['another state', ['E066'], (i) => (i.versions['v1']!.state[A] = ['b.txt'])],
    ['a state with an unknown digest', ['E050', 'E066'], (i) => (i.versions['v1']!.state['00'] = ['b.txt'])],
    ['another message', ['W011'], (i) => (i.versions['v1']!['message'] = 'another')],
    ['another id', ['E110'], (i) => (i['id'] = 'urn:uuid:2')],
    [
      'another content folder',
      ['E019', 'E092'],
      (i) => {
        i['contentDirectory'] = 'data';
        i.manifest = Object.fromEntries(
          Object.entries(i.manifest).map(([digest, paths]) => [
            digest,
            paths.map((path) => path.replace('content', 'data')),
          ]),
        );
      },
    ],
    ['a later OCFL version', [], (i) => (i['type'] = 'https://ocfl.io/1.0/spec/#inventory')],
    ['a version more', ['E040', 'E066'], (i) => (i.versions['v2'] = i.versions['v1']!)],
    ['no version', ['E008', 'E014', 'E066', 'E107'], (i) => (i.versions = {})],
  ];
  it.each(inHistory)('whose older inventory has %s is found to have %j', async (_, codes, change) => {
    const found = await codesOf(entriesOfFiles(twoVersions(change)));
    expect([...new Set(found)]).toEqual(codes);
  });

  it('that goes back to an older OCFL version is found to have E103', async () => {
    const files = withInventory((i) => (i['type'] = 'https://ocfl.io/1.0/spec/#inventory'), twoVersions(), ['', 'v2/']);
    expect(await codesOf(entriesOfFiles(files))).toEqual(['E038', 'E103']);
  });

  it('says each finding in both languages and where it is', async () => {
    const { findings } = await validateOcflObject(entriesOfFiles(changing('v1/content/a.txt', 'B')));
    expect(findings).toEqual([
      {
        code: 'E092',
        level: 'error',
        path: 'v1/content/a.txt',
        en: expect.stringMatching(/digest/),
        zh: expect.stringMatching(/摘要/),
      },
    ]);
  });
});
