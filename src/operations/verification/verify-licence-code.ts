import { fromBase64 } from '../../core/encoding/index.js';
import { isTrustError, type Words } from '../../core/errors/index.js';
import { readCertificate } from '../../core/pki/index.js';
import { checkCodeToken, readCodeToken } from '../../core/renditions/index.js';
import type { CodeTokenKey, ReadCodeToken } from '../../core/renditions/index.js';
import type { Clock, Documents, Templates } from '../../ports/index.js';
import { verifyLicence, type LicenceStatus } from './verify-licence.js';

export interface CodeReport {
  readonly verdict: 'accepted' | 'refused' | 'undetermined';
  readonly signature: 'passed' | 'failed' | 'undetermined';
  readonly status: LicenceStatus | null;
  readonly words: Words;
  readonly at: string;
}

interface World {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly templates: Templates;
}

/** Judges the code printed on a licence: signed by a data key of the issuer, for a commitment that the registry knows, in force. */
export const verifyLicenceCode =
  (world: World) =>
  async ({ code }: { readonly code: string }): Promise<CodeReport> => {
    const at = world.clock.now().toISOString();
    const token = readToken(code);
    if (!token) return { verdict: 'refused', signature: 'failed', status: null, words: WORDS.malformed, at };
    const check = await checkCodeToken({ token, keys: await keysOf(world.documents, token.issuer) });
    if (check === 'unknown-key')
      return { verdict: 'undetermined', signature: 'undetermined', status: null, words: WORDS.unknownKey, at };
    if (check !== 'valid') return { verdict: 'refused', signature: 'failed', status: null, words: WORDS.forged, at };
    const status = await verifyLicence(world)({ identifier: token.identifier });
    const record = (await world.documents.get('licences', token.identifier))?.doc;
    if (!status.known || !record)
      return { verdict: 'undetermined', signature: 'passed', status, words: status.words, at };
    if (record.commitment.sha256 !== token.commitment)
      return { verdict: 'refused', signature: 'passed', status, words: WORDS.otherData, at };
    return {
      verdict: status.state === 'valid' ? 'accepted' : 'refused',
      signature: 'passed',
      status,
      words: status.words,
      at,
    };
  };

/** The code alone, or the address in the QR symbol with the code behind `#`. */
function readToken(code: string): ReadCodeToken | undefined {
  try {
    return readCodeToken(code.slice(code.indexOf('#') + 1));
  } catch (error) {
    if (isTrustError(error)) return undefined;
    throw error;
  }
}

/** Keys that the registry has for this issuer's data: chosen by us, never by the code. */
async function keysOf(documents: Documents, issuer: string): Promise<readonly CodeTokenKey[]> {
  const seals = await documents.find('seals', { index: 'ownerCode', equals: issuer, limit: 1000 });
  return seals.flatMap(({ doc }) =>
    doc.seal.dataKeys.map(({ suite, certificates, from, until }) => ({
      suite,
      spki: readCertificate(fromBase64(certificates[0]!)).spki,
      issuer,
      from,
      until,
    })),
  );
}

const WORDS = {
  malformed: { en: 'this is not a licence code', zh: '这不是证照码' },
  unknownKey: { en: 'the code was signed by nobody known here', zh: '本系统不认识该证照码的签发者' },
  forged: { en: 'the code is forged or damaged', zh: '证照码是伪造的或已损坏' },
  otherData: { en: 'the code is not of the data that the registry holds', zh: '证照码与登记的数据不一致' },
} as const satisfies Record<string, Words>;
