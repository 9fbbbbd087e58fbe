import type { CheckProof } from '../access/dpop.js';
import type { Handle } from '../contract/operation-routes.js';
import type { HttpWorld } from '../world.js';
import { accessHandlers } from './access.js';
import { archiveHandlers } from './archive.js';
import { journalHandlers } from './journal.js';
import { licenceTypeHandlers } from './licence-types.js';
import { licenceHandlers } from './licences.js';
import { serviceHandlers } from './service.js';
import type { HandlersOf, OperationId } from './typed.js';
import { verificationHandlers } from './verifications.js';

/** One handler for each operationId: the type misses none, and the router compares with the contract itself. */
export function allHandlers(world: HttpWorld, checkProof: CheckProof): ReadonlyMap<string, Handle> {
  const handlers: HandlersOf<OperationId> = {
    ...licenceTypeHandlers(world),
    ...licenceHandlers(world),
    ...verificationHandlers(world),
    ...journalHandlers(world),
    ...archiveHandlers(world),
    ...accessHandlers(world, checkProof),
    ...serviceHandlers(world),
  };
  // The types of the requests are those of the contract, by which each request was checked before.
  return new Map(Object.entries(handlers) as [string, Handle][]);
}
