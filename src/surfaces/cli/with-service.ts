import type { Caller } from '../../operations/index.js';
import type { Documents } from '../../ports/index.js';
import { readPassphrase, type Settings } from '../../config/index.js';
import { openArchive, openService, type Service } from '../../wiring.js';
import { TrustError } from '../../core/errors/index.js';

/** Opens the service for one command and closes it whatever happens. */
export async function withService<T>(settings: Settings, act: (service: Service) => Promise<T>): Promise<T> {
  const service = await openService(settings, readPassphrase(settings));
  try {
    return await act(service);
  } finally {
    await service.close();
  }
}

/** The archive alone, beside a running service too. */
export async function withArchive<T>(
  settings: Settings,
  act: (archive: Awaited<ReturnType<typeof openArchive>>) => Promise<T>,
): Promise<T> {
  const archive = await openArchive(settings);
  try {
    return await act(archive);
  } finally {
    await archive.documents.close();
  }
}

/**
 * Who acts on the command line: the operator of this machine, who has the passphrase, for the department named or the
 * only one there is.
 */
export async function operatorFor(
  { documents }: { readonly documents: Documents },
  department: string | undefined,
): Promise<Caller> {
  const seals = await documents.scan('seals', { limit: 1000 });
  const codes = [...new Set(seals.map(({ doc }) => doc.ownerCode))];
  const code = department ?? (codes.length === 1 ? codes[0] : undefined);
  if (code === undefined || !codes.includes(code))
    throw new TrustError('USAGE', {
      en: `name the department with --department: ${codes.join(' ')}`,
      zh: `请用 --department 指明单位：${codes.join(' ')}`,
    });
  return {
    clientId: 'operator',
    departmentCode: code,
    scopes: new Set([
      'licences:issue',
      'licences:read',
      'licences:read-personal',
      'licences:change',
      'archive:read',
      'archive:export',
    ]),
  };
}
