import type { RegistryAnswer } from '../../core/verification/index.js';
import type { Documents } from '../../ports/index.js';

/** What our own registry knows of one licence and of its seal. It says states and commitments, never items. */
export async function askRegistry(documents: Documents, identifier: string, at: Date): Promise<RegistryAnswer> {
  const found = await documents.get('licences', identifier);
  const record = found?.doc.phase === 'issued' ? found.doc : undefined;
  const seal = record && (await documents.get('seals', record.sealCode))?.doc.seal;
  return {
    asOf: at.toISOString(),
    identifier,
    licence: record
      ? {
          typeName: null,
          version: record.licence.version,
          commitment: record.commitment,
          validUntil: record.licence.validUntil,
          states: record.states.map(({ state, from, until }) => ({ state, from, until })),
          renditions: record.renditions.map(({ kind, suite }) => ({ kind, suite })),
        }
      : null,
    seals: seal
      ? [
          {
            code: seal.code,
            states: seal.states.map(({ state, from, until, reason }) => ({
              state,
              from,
              until,
              reason,
              journalSize: null,
            })),
          },
        ]
      : [],
  };
}
