import { bag, tar } from '../../core/archive/index.js';
import type { Clock, Random } from '../../ports/index.js';
import type { Caller } from '../caller.js';
import { recordAccess } from '../licence/read-licence.js';
import { filesOf, loadOwnItem } from './read-archive.js';

type World = Parameters<typeof loadOwnItem>[0] & { readonly clock: Clock; readonly random: Random };

export interface ExportArchive {
  readonly caller: Caller;
  readonly items: readonly string[];
  readonly purpose: string;
}

export interface ExportedBag {
  readonly name: string;
  /** The bag in a tar file, one folder. */
  readonly bytes: Uint8Array;
}

/** A bag that a stranger checks with `sha512sum`: each item in a folder of its own under `data/`. The export is recorded. */
export const exportArchive =
  (world: World) =>
  async ({ caller, items, purpose }: ExportArchive): Promise<ExportedBag> => {
    const found = await Promise.all([...new Set(items)].map((id) => loadOwnItem(world, caller, id)));
    const payload = await Promise.all(
      found.map(async (item) =>
        (await filesOf(world.archives, item)).map(({ path, bytes }) => ({ path: `${item.id}/${path}`, bytes })),
      ),
    );
    for (const { licence } of found) await recordAccess(world, caller, licence, purpose);
    const now = world.clock.now();
    const name = `yinxin-${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
    const files = bag({
      baseName: name,
      info: [
        ['Source-Organization', caller.departmentCode],
        ['Bagging-Date', now.toISOString().slice(0, 10)],
        ['Bag-Count', '1 of 1'],
      ],
      payload: payload.flat(),
    });
    return { name, bytes: tar(files, Math.floor(now.getTime() / 1000)) };
  };
