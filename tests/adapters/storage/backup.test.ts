import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  backupStore,
  checkStore,
  openDiskArchives,
  openDiskFiles,
  openSqliteDocuments,
  restoreStore,
} from '../../../src/adapters/storage/index.js';
import type { StorePlaces } from '../../../src/adapters/storage/index.js';
import type { JournalHeadRecord, LicenceRecord } from '../../../src/ports/collections.js';
import type { Documents } from '../../../src/ports/documents.js';
import type { Files } from '../../../src/ports/files.js';
import { entriesOf, sampleObject } from '../contract/archives-contract.js';

const at = '2026-11-20T08:00:00Z';
const textOf = (i: number): Uint8Array => new TextEncoder().encode(`rendition ${i}`.repeat(50));

const licence = (i: number, file: string): LicenceRecord =>
  ({
    id: `licence-${i}`,
    typeAndNumber: `t/${i}`,
    requestKey: `c/${i}`,
    issuerCode: '11999900MB0000001K',
    hasPending: 0,
    isReserved: 0,
    renditions: [{ kind: 'pdf', suite: 'sm2-sm3', mediaType: 'application/pdf', file, bytes: 1, intentId: 'i' }],
  }) as unknown as LicenceRecord;

const head = (size: number): JournalHeadRecord => ({
  id: 'head',
  origin: 'test',
  size,
  root: 'ab',
  note: `test\n${size}\n`,
  batch: [],
  frontier: [],
});

async function put(documents: Documents, files: Files, i: number): Promise<void> {
  await documents.insert('licences', licence(i, await files.put(textOf(i))));
}

describe('a backup', () => {
  let dir: string;
  let places: Required<StorePlaces>;
  let other: Required<StorePlaces>;
  let target: string;
  let documents: Documents;
  let files: Files;

  const placesIn = (folder: string): Required<StorePlaces> => ({
    database: join(folder, 'store.db'),
    files: join(folder, 'files'),
    folders: { archive: join(folder, 'archive'), trust: join(folder, 'trust') },
  });

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'yinxin-backup-'));
    places = placesIn(join(dir, 'data'));
    other = placesIn(join(dir, 'restored'));
    target = join(dir, 'backup');
    documents = await openSqliteDocuments({ file: places.database });
    files = await openDiskFiles({ directory: places.files });
    for (let i = 0; i < 6; i++) await put(documents, files, i);
    await documents.insert('journal', head(20));
    const { objectPath, files: packed } = sampleObject('1');
    await (await openDiskArchives({ directory: places.folders['archive']! })).write(objectPath, packed);
    mkdirSync(places.folders['trust']!);
    writeFileSync(join(places.folders['trust']!, 'root.pem'), 'PEM');
  });
  afterEach(async () => {
    await documents.close();
    rmSync(dir, { recursive: true });
  });

  const backup = () => backupStore({ places, target, at });
  const anyFile = (root: string): string => {
    const name = execFileSync('find', [root, '-type', 'f', '-size', '-10k', '-path', '*/files/*'])
      .toString()
      .split('\n')[0]!;
    expect(name).not.toBe('');
    return name;
  };

  it('restores to an equal store', async () => {
    const result = await backup();
    expect(result).toMatchObject({
      at,
      damaged: [],
      checkpoint: { size: 20, note: 'test\n20\n' },
      folders: ['archive', 'trust'],
    });
    expect(await restoreStore({ backup: target, places: other })).toMatchObject({ at, checkpoint: { size: 20 } });

    const restored = await openSqliteDocuments({ file: other.database });
    expect(await restored.digest()).toBe(await documents.digest());
    await restored.close();
    expect(Buffer.from((await (await openDiskFiles({ directory: other.files })).get(licenceFile(3)))!)).toEqual(
      Buffer.from(textOf(3)),
    );
    const { objectPath } = sampleObject('1');
    expect(await entriesOf(await openDiskArchives({ directory: other.folders['archive']! }), objectPath)).toEqual(
      await entriesOf(await openDiskArchives({ directory: places.folders['archive']! }), objectPath),
    );
    expect(readFileSync(join(other.folders['trust']!, 'root.pem'), 'utf8')).toBe('PEM');
    expect(await checkStore({ places: other, seenSize: 20 })).toMatchObject({
      sound: true,
      findings: [],
      files: 6,
      unreferenced: 0,
      documents: { licences: 6, journal: 1 },
    });
  });

  const licenceFile = (i: number): string =>
    execFileSync('sha256sum', { input: textOf(i) })
      .toString()
      .slice(0, 64);

  it('can be checked by a stranger with sha256sum', async () => {
    await backup();
    execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'SHA256SUMS'], { cwd: target });
  });

  it('taken while others write names no file that it lacks', async () => {
    let isOver = false;
    const writer = async (lane: number) => {
      for (let i = 0; !isOver; i++) await put(documents, files, 1000 * lane + i);
    };
    const writers = [1, 2, 3, 4].map(writer);
    await backup();
    isOver = true;
    await Promise.all(writers);
    await restoreStore({ backup: target, places: other });
    const check = await checkStore({ places: other });
    expect(check.findings).toEqual([]);
    expect(check.documents['licences']).toBeGreaterThanOrEqual(6);
  });

  it('leaves out a file that is damaged, and says so', async () => {
    const file = anyFile(join(dir, 'data'));
    appendFileSync(file, 'x');
    const name = file.slice(-64);
    expect((await backup()).damaged).toEqual([name]);
    expect(existsSync(join(target, 'files', name.slice(0, 2), name))).toBe(false);
    await restoreStore({ backup: target, places: other });
    const check = await checkStore({ places: other });
    expect(check.findings).toMatchObject([{ code: 'FILE_MISSING', subject: expect.stringContaining(name) }]);
  });

  it('is not made where something is, of a store that is not there, or of a link', async () => {
    mkdirSync(target);
    writeFileSync(join(target, 'x'), '');
    await expect(backup()).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    rmSync(target, { recursive: true });
    await expect(
      backupStore({ places: { ...places, database: join(dir, 'none.db') }, target, at }),
    ).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(existsSync(join(dir, 'none.db'))).toBe(false);
    symlinkSync('/etc/passwd', join(places.folders['trust']!, 'link'));
    await expect(backup()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    rmSync(target, { recursive: true });
    await expect(backupStore({ places: { ...places, folders: { '../x': dir } }, target, at })).rejects.toThrow(
      TypeError,
    );
  });

  it('that did not end is not restored', async () => {
    await backup();
    unlinkSync(join(target, 'SHA256SUMS'));
    await expect(restoreStore({ backup: target, places: other })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it.each<[string, (target: string) => void]>([
    ['a byte of a file changed', (root) => appendFileSync(anyFile(root), 'x')],
    ['a file removed', (root) => unlinkSync(anyFile(root))],
    ['a byte of the database changed', (root) => appendFileSync(join(root, 'store.db'), 'x')],
    [
      'a file replaced by a link',
      (root) => {
        const file = anyFile(root);
        cpSync(file, `${file}.real`);
        unlinkSync(file);
        symlinkSync(`${file}.real`, file);
      },
    ],
    ['a path that leads out', (root) => appendFileSync(join(root, 'SHA256SUMS'), `${'0'.repeat(64)}  files/../../x\n`)],
    ['a line that is none', (root) => appendFileSync(join(root, 'SHA256SUMS'), 'x\n')],
    ['no database', (root) => writeFileSync(join(root, 'SHA256SUMS'), '')],
    [
      'another form',
      (root) => {
        const text = readFileSync(join(root, 'backup.json'), 'utf8').replace('backup-1', 'backup-2');
        writeFileSync(join(root, 'backup.json'), text);
        const digest = execFileSync('sha256sum', { input: text }).toString().slice(0, 64);
        const sums = readFileSync(join(root, 'SHA256SUMS'), 'utf8').replace(/[0-9a-f]{64}(?= {2}backup\.json)/, digest);
        writeFileSync(join(root, 'SHA256SUMS'), sums);
      },
    ],
  ])('with %s restores nothing', async (_, harm) => {
    await backup();
    harm(target);
    await expect(restoreStore({ backup: target, places: other })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(existsSync(other.database)).toBe(false);
    expect(existsSync(other.files)).toBe(false);
  });

  it('is not restored over a store, nor without a place for all of it', async () => {
    await backup();
    await expect(restoreStore({ backup: target, places })).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    await expect(
      restoreStore({ backup: target, places: { ...other, database: places.database } }),
    ).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    await expect(restoreStore({ backup: target, places: { ...other, folders: {} } })).rejects.toThrow(TypeError);
  });

  describe('a check of a store', () => {
    it('is sound, while it is in use', async () => {
      expect(await checkStore({ places, seenSize: 20 })).toMatchObject({
        sound: true,
        files: 6,
        checkpoint: { size: 20 },
      });
    });

    it('finds a journal shorter than one that was seen', async () => {
      expect((await checkStore({ places, seenSize: 21 })).findings).toEqual([
        { code: 'OLDER_THAN_CHECKPOINT', subject: '20' },
      ]);
    });

    it('finds a file that was changed and one that was removed', async () => {
      appendFileSync(anyFile(places.files), 'x');
      const { findings } = await checkStore({ places });
      expect(findings.map(({ code }) => code)).toEqual(['FILE_DAMAGED']);
      unlinkSync(anyFile(places.files));
      expect((await checkStore({ places })).findings.map(({ code }) => code)).toContain('FILE_MISSING');
    });

    it('counts files that nobody names', async () => {
      await files.put(textOf(99));
      expect(await checkStore({ places })).toMatchObject({ sound: true, files: 7, unreferenced: 1 });
    });

    it('finds a damaged database', async () => {
      await documents.close();
      const size = readFileSync(places.database).length;
      const handle = openSync(places.database, 'r+');
      for (let page = 2; page * 4096 < size; page++) writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, page * 4096);
      expect((await checkStore({ places })).findings).toContainEqual({
        code: 'DATABASE_DAMAGED',
        subject: expect.any(String),
      });
      writeFileSync(places.database, 'x'.repeat(8192));
      expect((await checkStore({ places })).sound).toBe(false);
    });
  });
});
