import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  cpSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDiskArchives } from '../../../src/adapters/storage/index.js';
import {
  SM3_SUMS,
  ocflObject,
  ocflObjectPath,
  validateBag,
  validateOcflObject,
} from '../../../src/core/archive/index.js';
import { canonicalText, fromUtf8, utf8 } from '../../../src/core/encoding/index.js';
import {
  changeLicenceState,
  checkArchive,
  exportArchive,
  getArchiveItem,
  issueLicence,
  listArchiveItems,
  workPending,
} from '../../../src/operations/index.js';
import type { LicenceRecord } from '../../../src/ports/index.js';
import { ALL, caller, callerOf, codeOf, filesOf, request, smallWorld } from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';
import { readTar } from '../../support/read-tar.js';

const stranger = callerOf('11999900MB0000002H');
let made: string;
let directory: string;
let world: SmallWorld;
let record: LicenceRecord;

/** One licence that was issued and suspended: two items, on disk. */
beforeAll(async () => {
  world = await smallWorld();
  made = mkdtempSync(join(tmpdir(), 'yinxin-archive-'));
  world.archives = await openDiskArchives({ directory: join(made, 'archive') });
  record = await issueLicence(world)(request({ renditions: ALL }));
  await workPending(world)();
  world.clock.advance(3_600_000);
  const suspend = {
    operation: 'suspend',
    idempotencyKey: 's',
    expectedVersion: 1,
    reason: '测试',
    legalBasis: '测试',
  } as const;
  await changeLicenceState(world)({ caller, identifier: record.id, ...suspend });
  await workPending(world)();
}, 60_000);

/** Each test may spoil its copy. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'yinxin-archive-'));
  cpSync(join(made, 'archive'), join(directory, 'archive'), { recursive: true });
  world.archives = await openDiskArchives({ directory: join(directory, 'archive') });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const items = () => listArchiveItems(world)({ caller, licence: record.id });
const pathOf = async (i: number, ...names: string[]) => join(directory, 'archive', (await items())[i]!.path, ...names);
const logical = async (i: number) => (await getArchiveItem(world)({ caller, item: (await items())[i]!.id })).files;
const content = async (i: number, name: string) => pathOf(i, 'v1', 'content', name);
const reportOf = async (i: number, name: string) =>
  JSON.parse(readFileSync(await content(i, `validation/${name}.report.json`), 'utf8')) as {
    verdict: string;
    licence: { state: string };
    fragments: object;
  };

describe('fileLicenceEvent', () => {
  it('writes an object that is valid OCFL, at the place of its id', async () => {
    for (const { path, objectId } of await items()) {
      const report = await validateOcflObject(world.archives.entries(path));
      expect(report).toMatchObject({ valid: true, id: objectId, findings: [] });
      expect(ocflObjectPath(objectId)).toBe(path);
      expect(objectId).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('files the originals byte for byte, with metadata, event, reports and SM3 digests', async () => {
    expect((await logical(0)).map(({ path }) => path)).toEqual([
      'data/procedure/event.json',
      'data/result/pdf-ecdsa-p256-sha256.pdf',
      'data/result/pdf-sm2-sm3.pdf',
      'data/result/sd-jwt-sm2-sm3.sd-jwt',
      'metadata/elements.json',
      'metadata/licence.json',
      SM3_SUMS,
      'validation/pdf-ecdsa-p256-sha256.pdf.report.json',
      'validation/pdf-sm2-sm3.pdf.report.json',
      'validation/sd-jwt-sm2-sm3.sd-jwt.report.json',
    ]);
    const [sm2] = await filesOf(world, record);
    expect(Uint8Array.from(readFileSync(await content(0, 'data/result/pdf-sm2-sm3.pdf')))).toEqual(sm2);
    expect(JSON.parse(readFileSync(await content(0, 'data/procedure/event.json'), 'utf8'))).toEqual(record.events[0]);
  });

  it('keeps what was said of each original when it was filed: valid first, suspended then', async () => {
    expect(await reportOf(0, 'pdf-sm2-sm3.pdf')).toMatchObject({ verdict: 'accepted', licence: { state: 'valid' } });
    expect(await reportOf(1, 'pdf-sm2-sm3.pdf')).toMatchObject({
      verdict: 'refused',
      licence: { state: 'suspended' },
      fragments: { integrity: 'passed', seal: 'passed' },
    });
  });
});

describe('checkArchive', () => {
  const check = () => checkArchive(world)();
  /** Names of what is wrong, each with the object it is in. */
  const problems = async () => (await check()).problems.map(({ code, object, path }) => ({ code, object, path }));

  it('finds nothing wrong with what was filed, and counts it', async () => {
    const seen: number[] = [];
    const found = await checkArchive(world)((done) => seen.push(done));
    expect(found).toMatchObject({ objects: 2, files: 20, originals: 6, problems: [] });
    expect(found.bytes).toBeGreaterThan(100_000);
    expect(seen).toEqual([1, 2]);
  });

  it('needs the disk alone', async () => {
    expect((await checkArchive({ ...world, documents: null, registry: null })()).problems).toEqual([]);
  });

  it.each([
    'data/result/pdf-sm2-sm3.pdf',
    'data/result/sd-jwt-sm2-sm3.sd-jwt',
    'metadata/licence.json',
    'validation/pdf-sm2-sm3.pdf.report.json',
  ])('names the file of which one byte is changed: %s', async (name) => {
    const file = await content(0, name);
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(file, bytes);
    const [item] = await items();
    expect(await problems()).toContainEqual({ code: 'E092', object: item!.path, path: `v1/content/${name}` });
  });

  it('names a file that is removed', async () => {
    unlinkSync(await content(1, 'data/result/pdf-sm2-sm3.pdf'));
    const found = await problems();
    expect(found).toEqual([
      {
        code: expect.stringMatching(/^E/),
        object: (await items())[1]!.path,
        path: expect.stringContaining('pdf-sm2-sm3.pdf'),
      },
    ]);
  });

  it('names a file that is added', async () => {
    writeFileSync(await content(0, 'data/result/extra.pdf'), 'extra');
    expect(await problems()).toEqual([
      { code: expect.stringMatching(/^E/), object: (await items())[0]!.path, path: 'v1/content/data/result/extra.pdf' },
    ]);
  });

  it('names both files that are swapped', async () => {
    const [a, b] = [
      await content(0, 'data/result/pdf-sm2-sm3.pdf'),
      await content(0, 'data/result/pdf-ecdsa-p256-sha256.pdf'),
    ];
    renameSync(a, `${a}.x`);
    renameSync(b, a);
    renameSync(`${a}.x`, b);
    const paths = (await problems()).map(({ path }) => path);
    expect(paths).toContain('v1/content/data/result/pdf-sm2-sm3.pdf');
    expect(paths).toContain('v1/content/data/result/pdf-ecdsa-p256-sha256.pdf');
  });

  it('names a file that is a link', async () => {
    const file = await content(0, 'metadata/licence.json');
    renameSync(file, join(directory, 'elsewhere.json'));
    symlinkSync(join(directory, 'elsewhere.json'), file);
    expect((await problems())[0]).toMatchObject({ path: 'v1/content/metadata/licence.json' });
  });

  it('names an object that is gone', async () => {
    const path = await pathOf(0);
    const [item] = await items();
    rmSync(path, { recursive: true });
    expect(await problems()).toContainEqual({ code: 'OBJECT_MISSING', object: item!.path, path: null });
  });

  it('names an object that lies where another belongs', async () => {
    const [one, two] = await items();
    rmSync(await pathOf(1), { recursive: true });
    cpSync(await pathOf(0), await pathOf(1), { recursive: true });
    expect(await problems()).toEqual([
      { code: 'OBJECT_MISPLACED', object: two!.path, path: null },
      { code: 'OBJECT_EXCHANGED', object: two!.path, path: 'inventory.json' },
    ]);
    expect(one!.path).not.toBe(two!.path);
  });

  /** Puts an object in the place of the first one that is whole in itself. */
  async function exchange(change: (files: Map<string, Uint8Array>) => void): Promise<string> {
    const [item] = await items();
    const files = new Map<string, Uint8Array>();
    for (const { path } of await logical(0))
      if (path !== SM3_SUMS) files.set(path, Uint8Array.from(readFileSync(await content(0, path))));
    change(files);
    const object = ocflObject({
      id: item!.objectId,
      created: '2026-03-02T03:00:00.000Z',
      message: 'exchanged',
      user: { name: 'x', address: 'urn:x' },
      files: [...files].map(([logicalPath, bytes]) => ({ logicalPath, bytes })),
    });
    const root = await pathOf(0);
    rmSync(root, { recursive: true });
    for (const { path, bytes } of object.files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), bytes);
    }
    return item!.path;
  }

  it('names an object that was exchanged for another that is whole in itself', async () => {
    const object = await exchange((files) => files.set('metadata/licence.json', utf8(canonicalText({ forged: true }))));
    expect(await problems()).toEqual([{ code: 'OBJECT_EXCHANGED', object, path: 'inventory.json' }]);
  });

  it('finds an original whose seal is broken where every digest was made to fit', async () => {
    const name = 'data/result/pdf-sm2-sm3.pdf';
    const object = await exchange((files) => {
      const bytes = Uint8Array.from(files.get(name)!);
      bytes[Math.floor(bytes.length / 3)]! ^= 1;
      files.set(name, bytes);
    });
    const withoutCatalogue = await checkArchive({ ...world, documents: null })();
    expect(withoutCatalogue.problems).toMatchObject([{ code: 'SEAL_BROKEN', object, path: name }]);
  });

  it('names an object that nobody filed, and what belongs to no object', async () => {
    const object = ocflObject({
      id: 'urn:uuid:00000000-0000-8000-8000-000000000000',
      created: '2026-03-02T03:00:00.000Z',
      message: 'stray',
      user: { name: 'x', address: 'urn:x' },
      files: [{ logicalPath: 'data/x.txt', bytes: utf8('x') }],
    });
    await world.archives.write(object.objectPath, object.files);
    writeFileSync(join(directory, 'archive', 'notes.txt'), 'x');
    expect(await problems()).toEqual([
      { code: 'OBJECT_UNKNOWN', object: object.objectPath, path: null },
      { code: 'STRAY', object: 'notes.txt', path: null },
    ]);
  });

  it('reads an object whose inventory says nothing sensible without failing', async () => {
    for (const text of ['', '{}', 'null', '{"id":5}', '{"id":"\\ud800","head":"v1"}']) {
      writeFileSync(await pathOf(0, 'inventory.json'), text);
      const found = await problems();
      expect(found.map(({ code }) => code)).toContain('OBJECT_EXCHANGED');
    }
    unlinkSync(await pathOf(0, 'inventory.json'));
    expect((await problems()).length).toBeGreaterThan(0);
  });
});

describe('reading and exporting the archive', () => {
  it('lists items oldest first, and shows what is in each', async () => {
    const found = await items();
    expect(found.map(({ eventId }) => eventId)).toEqual(
      (await world.documents.get('licences', record.id))!.doc.events.map(({ id }) => id),
    );
    expect((await logical(0))[0]).toMatchObject({
      sha512: expect.stringMatching(/^[0-9a-f]{128}$/),
      sm3: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('exports a bag that is valid, with every file of every item, and writes the export down', async () => {
    const found = await items();
    const bag = await exportArchive(world)({ caller, items: found.map(({ id }) => id), purpose: '移交' });
    expect(bag.name).toBe('yinxin-20260302T030000Z');
    const entries = readTar(bag.bytes).map(({ path, bytes }) => {
      expect(path.startsWith(`${bag.name}/`)).toBe(true);
      const inside = path.slice(bag.name.length + 1);
      return { path: inside, kind: 'file' as const, size: bytes.length, read: () => Promise.resolve(bytes) };
    });
    expect(await validateBag(entries)).toMatchObject({ valid: true, version: '1.0', payloadFiles: 20, findings: [] });
    const original = entries.find(({ path }) => path.endsWith(`${found[1]!.id}/data/result/pdf-sm2-sm3.pdf`))!;
    expect(await original.read()).toEqual((await filesOf(world, record))[0]);
    expect(fromUtf8(await entries.find(({ path }) => path === 'bag-info.txt')!.read())).toContain(
      'Source-Organization: 11999900MB0000001K',
    );
    const written = await world.documents.find('accesses', { index: 'licence', equals: record.id, limit: 10 });
    expect(written.map(({ doc }) => doc.purpose)).toEqual(['移交', '移交']);
  });

  it('takes an item once that is named twice', async () => {
    const [one] = await items();
    const bag = await exportArchive(world)({ caller, items: [one!.id, one!.id], purpose: '移交' });
    const paths = readTar(bag.bytes).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('refuses an export without a purpose, and items of others or of nobody alike', async () => {
    const [one] = await items();
    const all = [one!.id];
    await expect(exportArchive(world)({ caller, items: all, purpose: '' })).rejects.toThrow(codeOf('PURPOSE_REQUIRED'));
    for (const refused of [
      exportArchive(world)({ caller: stranger, items: all, purpose: 'x' }),
      exportArchive(world)({ caller, items: [...all, 'none'], purpose: 'x' }),
      getArchiveItem(world)({ caller: stranger, item: one!.id }),
    ])
      await expect(refused).rejects.toThrow(codeOf('ARCHIVE_ITEM_NOT_FOUND'));
    await expect(listArchiveItems(world)({ caller: stranger, licence: record.id })).rejects.toThrow(
      codeOf('LICENCE_NOT_FOUND'),
    );
  });

  it('never gives out what is damaged', async () => {
    const [one, two] = await items();
    const file = await content(0, 'metadata/licence.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('valid', 'VALID'));
    writeFileSync(await pathOf(1, 'inventory.json'), '{}');
    for (const item of [one!.id, two!.id]) {
      await expect(getArchiveItem(world)({ caller, item })).rejects.toThrow(codeOf('ARCHIVE_CORRUPT'));
      await expect(exportArchive(world)({ caller, items: [item], purpose: 'x' })).rejects.toThrow(
        codeOf('ARCHIVE_CORRUPT'),
      );
    }
  });
});
