import { canonicalText } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import { recover } from '../../errors/index.js';
import { readBinding } from '../binding.js';
import type { Binding } from '../types.js';
import type { SdJwtInspection } from './inspect.js';
import { isObject, sdAlgOf } from './process-payload.js';
import type { JsonObject } from './process-payload.js';

/** What a structured licence says, read from its signed payload. Shapes are checked, truth is not. */
export interface SdJwtLicence {
  readonly binding: Binding;
  readonly issuer: { readonly name: string; readonly code: string };
  readonly validity: { readonly from: string; readonly until: string | null };
  readonly issuedOn: string;
  readonly number: string;
  /** Canonical JSON over which the commitment is: computed from the signed digests, not taken from a claim. */
  readonly commitmentBody: string;
  /** Item digests of both families, as signed. */
  readonly itemDigests: Readonly<Record<'sha-256' | 'sm3', readonly string[]>>;
  /** Base64url texts of what is disclosed. */
  readonly disclosures: readonly string[];
  /** What is disclosed, by item key. */
  readonly items: Readonly<Record<string, Json>>;
}

/** Undefined when the payload is not that of a licence, as `licencePayload` writes it. */
export function readSdJwtLicence({ payload, disclosures }: SdJwtInspection): SdJwtLicence | undefined {
  const { licence, issuer, validity, issuedOn, rendition } = payload;
  if (rendition !== 'sd-jwt' || !isObject(licence) || !isObject(issuer) || !isObject(validity)) return undefined;
  const { identifier, type, typeVersion, version, number } = licence;
  const { name, code } = issuer;
  const { from, until } = validity;
  const texts = [identifier, type, typeVersion, version, number, name, code, from, issuedOn];
  if (!texts.every(isText) || !(until === null || isText(until))) return undefined;
  const binding = bindingOf(payload, identifier, version);
  const itemDigests = itemDigestsOf(payload);
  if (!binding || !itemDigests) return undefined;
  const suites = binding.requiredSuites;
  const body = {
    identifier,
    type,
    typeVersion,
    version,
    issuer: { name, code },
    validity: { from, until },
    suites,
    items: itemDigests,
  };
  return {
    binding,
    issuer: { name: name as string, code: code as string },
    validity: { from: from as string, until },
    issuedOn: issuedOn as string,
    number: number as string,
    commitmentBody: canonicalText(body as Json),
    itemDigests,
    disclosures: disclosures.map(({ encoded }) => encoded),
    items: Object.fromEntries(
      disclosures.flatMap(({ name, value }): [string, Json][] => (name === null ? [] : [[name, value]])),
    ),
  };
}

function bindingOf(
  { commitment, requiredSuites }: JsonObject,
  licence: Json | undefined,
  version: Json | undefined,
): Binding | undefined {
  const value = {
    licence: licence!,
    version: version!,
    kind: 'sd-jwt',
    commitment: commitment!,
    requiredSuites: requiredSuites!,
  };
  return recover(
    () => readBinding(value),
    () => undefined,
  );
}

/** `_sd` holds one family, `itemDigests` the other; sorted in both, or the body would not be the one committed to. */
function itemDigestsOf(payload: JsonObject): SdJwtLicence['itemDigests'] | undefined {
  const own = sdAlgOf(payload);
  const other = isObject(payload['itemDigests']) ? payload['itemDigests'] : {};
  const digests = { [own]: payload['_sd'] ?? [], ...other } as Record<string, Json>;
  const { 'sha-256': sha256, sm3 } = digests;
  return isTextList(sha256) && isTextList(sm3) ? { 'sha-256': sha256, sm3 } : undefined;
}

const isText = (value: Json | undefined): value is string =>
  typeof value === 'string' && value !== '' && value.isWellFormed();
const isTextList = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
