import type { Documents, Log } from '../../ports/index.js';

interface World {
  readonly documents: Documents;
  readonly log: Log;
}

const PAGE = 100;

/**
 * Run once at start, before anything signs: an intent that is still open is of a process that died between asking and
 * keeping. Whether a signature left the keeper cannot be known, so it is closed as `unknown`; nothing was released.
 */
export const closeOpenIntents = (world: World) => async (): Promise<number> => {
  let closed = 0;
  for (;;) {
    const page = await world.documents.find('intents', { index: 'isOpen', equals: 1, limit: PAGE });
    if (page.length === 0) return closed;
    await Promise.all(
      page.map(({ doc, version }) =>
        world.documents.replace('intents', { ...doc, outcome: 'unknown', isOpen: 0 }, version),
      ),
    );
    closed += page.length;
    world.log.warn('intents.closed-as-unknown', { count: page.length });
  }
};
