import type { ArchiveRecord } from '../../../ports/index.js';
import type { HttpWorld } from '../world.js';
import { purposeOf } from './purpose.js';
import { callerOf, json } from './typed.js';
import type { HandlersOf } from './typed.js';

export const archiveHandlers = (
  world: HttpWorld,
): HandlersOf<'listArchiveItems' | 'getArchiveItem' | 'exportArchive'> => ({
  listArchiveItems: async (request) => {
    const items = await world.listArchiveItems({ caller: callerOf(request), licence: request.query.licence });
    return json<'listArchiveItems'>({ items: items.map(itemView) });
  },

  getArchiveItem: async (request) => {
    const { item, files } = await world.getArchiveItem({ caller: callerOf(request), item: request.path.item });
    return json<'getArchiveItem'>({ item: itemView(item), files: [...files] });
  },

  exportArchive: async (request) => {
    const purpose = purposeOf(request.header.Purpose) ?? '';
    const { name, bytes } = await world.exportArchive({
      caller: callerOf(request),
      items: request.body.items,
      purpose,
    });
    const headers = { 'Content-Disposition': `attachment; filename="${name}.tar"` };
    return { status: 200, headers, mediaType: 'application/x-tar', body: bytes };
  },
});

const itemView = ({ id, licence, eventId, archivedAt, sha512 }: ArchiveRecord) => ({
  id,
  licence,
  event: eventId,
  archivedAt,
  sha512,
});
