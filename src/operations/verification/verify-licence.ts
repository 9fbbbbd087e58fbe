import type { Words } from '../../core/errors/index.js';
import { STATE_WORDS, parseIdentifier, stateAt } from '../../core/licence/index.js';
import type { LicenceState } from '../../core/licence/index.js';
import type { Clock, Documents, Templates } from '../../ports/index.js';

/** What anyone may know of a licence by its number: that it exists, who issued it, its state. No personal data. */
export interface LicenceStatus {
  readonly identifier: string;
  readonly known: boolean;
  /** The form is right, the check character included. */
  readonly wellFormed: boolean;
  readonly state: LicenceState | null;
  readonly typeName: string | null;
  readonly issuer: string | null;
  readonly validUntil: string | null;
  readonly asOf: string;
  readonly words: Words;
}

interface World {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly templates: Templates;
}

export const verifyLicence =
  (world: World) =>
  async ({ identifier }: { readonly identifier: string }): Promise<LicenceStatus> => {
    const parsed = parseIdentifier(identifier);
    const wellFormed = parsed.ok && parsed.identifier.check.kind === 'standard';
    const now = world.clock.now();
    const found = await world.documents.get('licences', identifier);
    const base = { identifier, wellFormed, asOf: now.toISOString() };
    if (!found || found.doc.phase !== 'issued')
      return {
        ...base,
        known: false,
        state: null,
        typeName: null,
        issuer: null,
        validUntil: null,
        words: unknownWords(wellFormed),
      };
    const { licence, states } = found.doc;
    const state = stateAt({ states, validUntil: licence.validUntil }, now);
    const type = world.templates.type(licence.typeCode, licence.typeVersion);
    return {
      ...base,
      known: true,
      state,
      typeName: type?.name.zh ?? null,
      issuer: licence.issuer.name,
      validUntil: licence.validUntil,
      words: {
        en: `this licence was issued here; it is ${STATE_WORDS[state].en}`,
        zh: `本系统签发过该证照，当前状态：${STATE_WORDS[state].zh}`,
      },
    };
  };

/** "Not here" is not "forged": another system may have issued it. */
function unknownWords(wellFormed: boolean): Words {
  return wellFormed
    ? { en: 'this service has issued no licence with this identifier', zh: '本系统未签发过该标识的证照' }
    : { en: 'the identifier is not well-formed: a character may be mistyped', zh: '证照标识校验不通过，可能输入有误' };
}
