import type { Documents, LicenceRecord, Versioned } from '../../ports/index.js';
import type { Caller } from '../caller.js';
import { OperationError } from '../errors.js';

/**
 * An issued licence of the caller's own department. Another department's licence and one that does not exist are refused
 * alike, so that a client cannot find out which numbers another department has given.
 */
export async function loadOwnLicence(
  world: { readonly documents: Documents },
  caller: Caller,
  identifier: string,
): Promise<Versioned<LicenceRecord>> {
  const found = await world.documents.get('licences', identifier);
  if (!found || found.doc.phase !== 'issued' || found.doc.issuerCode !== caller.departmentCode)
    throw new OperationError('LICENCE_NOT_FOUND', {
      en: 'the department has issued no licence with this identifier',
      zh: '本单位没有签发过该标识的证照',
    });
  return found;
}
