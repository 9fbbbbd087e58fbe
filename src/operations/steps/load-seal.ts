import type { Seal } from '../../core/seal/index.js';
import type { Documents, SealRecord, Versioned } from '../../ports/index.js';
import { OperationError } from '../errors.js';

/** The seal that a department has for a role. One seal holds a role at a time. */
export async function loadSealOf(
  world: { readonly documents: Documents },
  departmentCode: string,
  role: string,
): Promise<{ seal: Seal; record: Versioned<SealRecord> }> {
  const [record] = await world.documents.find('seals', {
    index: 'ownerAndRole',
    equals: `${departmentCode}/${role}`,
    limit: 1,
  });
  if (!record)
    throw new OperationError('SEAL_NOT_FOUND', {
      en: `the department ${departmentCode} has no seal for ${role}`,
      zh: `单位 ${departmentCode} 没有用于 ${role} 的印章`,
    });
  return { seal: record.doc.seal, record };
}
