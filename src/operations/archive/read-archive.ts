import { hash } from '#primitives';
import { parseJson, toHex } from '../../core/encoding/index.js';
import type { ArchiveRecord, Archives, Documents } from '../../ports/index.js';
import type { Caller } from '../caller.js';
import { OperationError } from '../errors.js';
import { loadOwnLicence } from '../steps/load-licence.js';

interface World {
  readonly documents: Documents;
  readonly archives: Archives;
}

export interface ArchivedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ArchiveItemDetail {
  readonly item: ArchiveRecord;
  readonly files: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly sha512: string;
    readonly sm3: string;
  }[];
}

/** What was filed of one licence of the caller's department, oldest first. */
export const listArchiveItems =
  (world: World) =>
  async ({
    caller,
    licence,
  }: {
    readonly caller: Caller;
    readonly licence: string;
  }): Promise<readonly ArchiveRecord[]> => {
    await loadOwnLicence(world, caller, licence);
    const found = await world.documents.find('archives', { index: 'licence', equals: licence, limit: 1000 });
    return found.map(({ doc }) => doc).sort((a, b) => (a.archivedAt < b.archivedAt ? -1 : 1));
  };

export const getArchiveItem =
  (world: World) =>
  async ({ caller, item: id }: { readonly caller: Caller; readonly item: string }): Promise<ArchiveItemDetail> => {
    const item = await loadOwnItem(world, caller, id);
    const files = await filesOf(world.archives, item);
    return {
      item,
      files: files.map(({ path, bytes }) => ({
        path,
        bytes: bytes.length,
        sha512: toHex(hash('sha512', bytes)),
        sm3: toHex(hash('sm3', bytes)),
      })),
    };
  };

/** Another department's item and one that does not exist are refused alike. */
export async function loadOwnItem(world: World, caller: Caller, id: string): Promise<ArchiveRecord> {
  const item = (await world.documents.get('archives', id))?.doc;
  const licence = item && (await world.documents.get('licences', item.licence))?.doc;
  if (!item || licence?.issuerCode !== caller.departmentCode)
    throw new OperationError('ARCHIVE_ITEM_NOT_FOUND', {
      en: 'the department has no such archive item',
      zh: '本单位没有该归档件',
    });
  return item;
}

interface Inventory {
  readonly head: string;
  readonly manifest: Readonly<Record<string, readonly string[]>>;
  readonly versions: Readonly<Record<string, { readonly state: Readonly<Record<string, readonly string[]>> }>>;
}

/** The files of the newest version by their logical paths. A digest that does not fit is ARCHIVE_CORRUPT, never a file. */
export async function filesOf(archives: Archives, item: ArchiveRecord): Promise<readonly ArchivedFile[]> {
  const inventory = await archives.read(item.path, 'inventory.json');
  if (!inventory || toHex(hash('sha512', inventory)) !== item.sha512) throw corrupt(item);
  const { head, manifest, versions } = parseJson(inventory) as unknown as Inventory;
  const files = Object.entries(versions[head]!.state).flatMap(([digest, names]) =>
    names.map(async (path): Promise<ArchivedFile> => {
      const bytes = await archives.read(item.path, manifest[digest]![0]!);
      if (!bytes || toHex(hash('sha512', bytes)) !== digest) throw corrupt(item);
      return { path, bytes };
    }),
  );
  return (await Promise.all(files)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function corrupt(item: ArchiveRecord): OperationError {
  return new OperationError(
    'ARCHIVE_CORRUPT',
    { en: 'the archive item is damaged', zh: '归档件已损坏' },
    { details: { item: item.id } },
  );
}
