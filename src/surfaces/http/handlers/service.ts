import type { HttpWorld } from '../world.js';
import { json } from './typed.js';
import type { HandlersOf } from './typed.js';

export const serviceHandlers = (world: HttpWorld): HandlersOf<'getLiveness' | 'getReadiness'> => ({
  getLiveness: () => json<'getLiveness'>({ status: 'ok', causes: [] }),

  getReadiness: async () => {
    const causes = await world.readiness();
    const isReady = causes.length === 0;
    return json<'getReadiness'>(
      { status: isReady ? 'ok' : 'failing', causes: [...causes] },
      { status: isReady ? 200 : 503 },
    );
  },
});
