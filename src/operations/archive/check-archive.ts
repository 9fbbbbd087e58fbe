import { hash } from '#primitives';
import { SM3_SUMS, ocflObjectPath, sm3Sums, validateOcflObject } from '../../core/archive/index.js';
import { equalBytes, parseJson, toHex } from '../../core/encoding/index.js';
import type { ArchiveRecord, Archives, Documents } from '../../ports/index.js';
import { judgeFile, type JudgeWorld } from '../steps/judge-file.js';

export type CheckArchiveWorld = JudgeWorld & {
  readonly archives: Archives;
  /** The catalogue, to find what is gone; null checks from disk alone. */
  readonly documents: Documents | null;
};

export interface ArchiveProblem {
  readonly code: string;
  /** Object root or place in the storage root. */
  readonly object: string;
  readonly path: string | null;
  readonly en: string;
  readonly zh: string;
}

export interface ArchiveCheck {
  readonly objects: number;
  readonly files: number;
  readonly bytes: number;
  /** Sealed originals that were judged again. */
  readonly originals: number;
  readonly problems: readonly ArchiveProblem[];
}

/**
 * Re-verifies the archive from what is on disk: every object by OCFL and its SM3 sums, its place by its id, the seal of
 * every original by our verification, and against the catalogue that none is missing or exchanged. Nothing is repaired.
 *
 * @param onObject called after each object, for progress
 */
export const checkArchive =
  (world: CheckArchiveWorld) =>
  async (onObject: (done: number) => void = () => undefined): Promise<ArchiveCheck> => {
    const problems: ArchiveProblem[] = [];
    const catalogue = world.documents ? await wholeCatalogue(world.documents) : new Map<string, ArchiveRecord>();
    const total = { objects: 0, files: 0, bytes: 0, originals: 0 };
    for await (const object of world.archives.list()) {
      const found = await checkObject(world, object, problems);
      total.objects++;
      total.files += found.files;
      total.bytes += found.bytes;
      total.originals += found.originals;
      const known = catalogue.get(object);
      catalogue.delete(object);
      if (world.documents && !known)
        problems.push(
          problem('OBJECT_UNKNOWN', object, null, 'no catalogue entry names this object', '目录中没有该归档对象'),
        );
      if (known && known.sha512 !== found.inventorySha512)
        problems.push(
          problem(
            'OBJECT_EXCHANGED',
            object,
            'inventory.json',
            'the object is not the one that was filed',
            '归档对象与归档时不一致',
          ),
        );
      onObject(total.objects);
    }
    for (const missing of catalogue.keys())
      problems.push(problem('OBJECT_MISSING', missing, null, 'a filed object is gone', '已归档的对象缺失'));
    for (const stray of await world.archives.strays())
      problems.push(problem('STRAY', stray, null, 'belongs to no object', '不属于任何归档对象'));
    return { ...total, problems };
  };

async function checkObject(world: CheckArchiveWorld, object: string, problems: ArchiveProblem[]) {
  const report = await validateOcflObject(world.archives.entries(object));
  for (const { code, level, path, en, zh } of report.findings)
    if (level === 'error') problems.push(problem(code, object, path, en, zh));
  if (report.id !== null && ocflObjectPath(report.id) !== object)
    problems.push(
      problem(
        'OBJECT_MISPLACED',
        object,
        null,
        'the object lies where another id belongs',
        '归档对象的位置与其标识不符',
      ),
    );
  const inventory = await world.archives.read(object, 'inventory.json');
  const originals = report.valid && inventory ? await checkContent(world, object, inventory, problems) : 0;
  return {
    files: report.contentFiles,
    bytes: report.contentBytes,
    originals,
    inventorySha512: inventory ? toHex(hash('sha512', inventory)) : null,
  };
}

interface Inventory {
  readonly head: string;
  readonly manifest: Readonly<Record<string, readonly string[]>>;
  readonly versions: Readonly<Record<string, { readonly state: Readonly<Record<string, readonly string[]>> }>>;
}

/** Second digest family, and the seals: a licence that was sealed and filed must still be intact. */
async function checkContent(
  world: CheckArchiveWorld,
  object: string,
  bytes: Uint8Array,
  problems: ArchiveProblem[],
): Promise<number> {
  const { head, manifest, versions } = parseJson(bytes) as unknown as Inventory;
  const files = await Promise.all(
    Object.entries(versions[head]!.state).flatMap(([digest, names]) =>
      names.map(async (path) => ({ path, bytes: (await world.archives.read(object, manifest[digest]![0]!))! })),
    ),
  );
  const sums = files.find(({ path }) => path === SM3_SUMS);
  if (!sums || !equalBytes(sums.bytes, sm3Sums(files.filter((file) => file !== sums))))
    problems.push(
      problem('SM3_DIFFERS', object, SM3_SUMS, 'the SM3 digests do not fit the files', 'SM3 摘要与文件不符'),
    );
  const originals = files.filter(({ path }) => path.startsWith('data/result/'));
  for (const { path, bytes: original } of originals) {
    const report = await judgeFile(world, original, { policy: 'strict', registry: 'not-asked' });
    if (report.fragments.integrity !== 'passed')
      problems.push(
        problem('SEAL_BROKEN', object, path, 'the seal of this original is not intact', '该原件的印章验证未通过'),
      );
  }
  return originals.length;
}

async function wholeCatalogue(documents: Documents): Promise<Map<string, ArchiveRecord>> {
  const all = new Map<string, ArchiveRecord>();
  let after: string | undefined;
  for (;;) {
    const page = await documents.scan('archives', { after, limit: 500 });
    if (page.length === 0) return all;
    for (const { doc } of page) all.set(doc.path, doc);
    after = page.at(-1)!.doc.id;
  }
}

function problem(code: string, object: string, path: string | null, en: string, zh: string): ArchiveProblem {
  return { code, object, path, en, zh };
}
