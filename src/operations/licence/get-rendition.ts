import type { Clock, Documents, Files, Random, StoredRendition } from '../../ports/index.js';
import type { Caller } from '../caller.js';
import { OperationError } from '../errors.js';
import { loadOwnLicence } from '../steps/load-licence.js';
import { recordAccess } from './read-licence.js';

export interface GetRendition {
  readonly caller: Caller;
  readonly identifier: string;
  readonly kind: string;
  readonly suite: string;
  readonly purpose: string;
}

interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly documents: Documents;
  readonly files: Files;
}

/** One sealed file, byte for byte as it was sealed. It shows personal data, so the read is recorded. */
export const getRendition =
  (world: World) =>
  async ({
    caller,
    identifier,
    kind,
    suite,
    purpose,
  }: GetRendition): Promise<{ rendition: StoredRendition; bytes: Uint8Array }> => {
    const { doc } = await loadOwnLicence(world, caller, identifier);
    const rendition = doc.renditions.find((one) => one.kind === kind && one.suite === suite);
    const bytes = rendition && (await world.files.get(rendition.file));
    if (!rendition || !bytes)
      throw new OperationError('RENDITION_NOT_FOUND', {
        en: `this licence has no ${kind} in ${suite}`,
        zh: `该证照没有 ${suite} 的 ${kind} 文件`,
      });
    await recordAccess(world, caller, identifier, purpose);
    return { rendition, bytes };
  };
