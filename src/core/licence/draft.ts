import type { Json } from '../errors/index.js';
import type { FieldProblem, ItemsValidator, Licence, LicenceType } from './types.js';
import { PASSED } from './check-result.js';
import { checkCreditCode } from './credit-code.js';
import { validity } from './dates.js';
import { checkFaceItems } from './face-items.js';
import { composeIdentifier } from './identifier.js';
import { checkLicenceNumber, licenceNumber, serialOf } from './licence-number.js';
import { checkRegionCode } from './region-code.js';

/** What a department asks for. */
export interface LicenceRequest {
  readonly items: Readonly<Record<string, Json>>;
  /** A number given elsewhere; without it one is made by the type's rule. */
  readonly number?: string;
  /** Marked 样本 wherever it is shown. */
  readonly sample?: boolean;
}

export interface DraftInput {
  readonly type: LicenceType;
  readonly request: LicenceRequest;
  readonly issuer: Licence['issuer'];
  /** `YYYY-MM-DD` of Asia/Shanghai: first day of validity, and no birth date may lie behind it. */
  readonly issuedOn: string;
  readonly validateItems: ItemsValidator;
  /** For a number that is made here, as its rule asks: see `licenceNumber`. */
  readonly random?: Uint8Array;
  readonly sequence?: number;
}

export type Draft =
  { readonly ok: true; readonly licence: Licence } | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * The first version of a licence, or every problem of the request. Pointers begin at the request (`/items/name`,
 * `/number`); those of the issuer with `/issuer`.
 */
export function draftLicence(input: DraftInput): Draft {
  const problems = problemsOf(input);
  if (problems.length > 0) return { ok: false, problems };
  const { type, request, issuer, issuedOn, random, sequence } = input;
  const number =
    request.number ?? licenceNumber(type.numberRule, { region: issuer.region, issuedOn, random, sequence });
  const version = '001';
  const { from, until } = validity(type.validity, issuedOn);
  const { name, code, codeType } = type.holder;
  // Required and a text: `checkLicenceType` saw to it in the type, the schema in the request.
  const text = (key: string) => request.items[key] as string;
  const licence: Licence = {
    identifier: composeIdentifier({ typeCode: type.code, issuerCode: issuer.code, serial: serialOf(number), version }),
    typeCode: type.code,
    typeVersion: type.version,
    version,
    number,
    issuer,
    holder: { name: text(name), code: text(code), codeType },
    issuedOn,
    validFrom: from,
    validUntil: until,
    items: request.items,
    sample: request.sample ?? false,
  };
  return { ok: true, licence };
}

function problemsOf({ type, request, issuer, issuedOn, validateItems }: DraftInput): readonly FieldProblem[] {
  const inItems = checkFaceItems(type, request.items, { today: issuedOn, validateItems });
  const { number } = request;
  const others = [
    { field: '/number', result: number === undefined ? PASSED : checkLicenceNumber(type.numberRule, number) },
    { field: '/issuer/code', result: checkCreditCode(issuer.code) },
    { field: '/issuer/region', result: checkRegionCode(issuer.region) },
  ];
  return [
    ...inItems.map((problem) => ({ ...problem, field: '/items' + problem.field })),
    ...others.flatMap(({ field, result }) => (result.ok ? [] : [{ field, code: result.code, words: result.words }])),
  ];
}
