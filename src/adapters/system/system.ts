import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../../ports/index.js';

export const systemClock: Clock = { now: () => new Date() };

export const systemRandom: Random = { bytes: (count) => Uint8Array.from(randomBytes(count)) };
