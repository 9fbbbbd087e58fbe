import type { Json, Words } from '../errors/index.js';

export type LicenceState =
  'draft' | 'valid' | 'suspended' | 'expired' | 'cancelled' | 'withdrawn' | 'revoked' | 'superseded';

export type LicenceOperation = 'issue' | 'suspend' | 'resume' | 'revoke';

/** One item on the face of a licence (照面项). */
export interface FaceItemRule {
  /** Key in the data, stable: `name`, `creditCode`. */
  readonly key: string;
  /** Pinyin key of the standard or the vendor practice, where known. */
  readonly pinyin: string | null;
  readonly label: Words;
  /** JSON Schema 2020-12 of the value. */
  readonly schema: Json;
  readonly required: boolean;
  /** Personal items are selectively disclosable and never in logs, journal or QR. */
  readonly personal: boolean;
  readonly charset: 'han' | 'han-name' | 'latin' | 'digits' | 'text' | 'date' | 'picture';
  /** Named checks on the value, besides the schema. */
  readonly check: 'credit-code' | 'citizen-number' | 'region-code' | null;
  /** Longest text in code points; where the value is a list or an object it holds for each text within. */
  readonly maxCharacters: number;
}

/** Validity of a new licence, counted from its first day (Asia/Shanghai). */
export type ValidityRule =
  { readonly kind: 'permanent' } | { readonly kind: 'years' | 'months' | 'days'; readonly count: number };

/** A licence type is data: everything that differs between two kinds of licence. */
export interface LicenceType {
  readonly code: string;
  readonly version: string;
  readonly name: Words;
  /** The national code of this kind of licence where one is known: A printed with its name in a source, B inferred from use. */
  readonly nationalTypeCode: { readonly code: string; readonly certainty: 'A' | 'B' } | null;
  readonly remark: Words | null;
  readonly catalogue: CatalogueEntry;
  readonly items: readonly FaceItemRule[];
  /** Keys of the items that hold the holder's name and code; the code's type by the table of the metadata standard (001, 111). */
  readonly holder: { readonly name: string; readonly code: string; readonly codeType: string };
  /** Text with the placeholders `{region}`, `{year}`, `{digits:n}` and `{sequence:n}`, for example `JY{digits:14}`. */
  readonly numberRule: string;
  readonly states: readonly { readonly state: LicenceState; readonly nationalCode: string }[];
  readonly operations: readonly { readonly operation: LicenceOperation; readonly nationalCode: string }[];
  readonly sealRole: string;
  /** Suites in which the type may be issued; the first is taken where a request names none. */
  readonly suites: readonly string[];
  /** File name of the layout template beside the type record. */
  readonly layout: string;
  readonly validity: ValidityRule;
}

/** GB/T 36902 catalogue fields; obligation and lengths are data because the printed text was not available. */
export interface CatalogueEntry {
  readonly certificateTypeName: string;
  readonly certificateTypeCode: string;
  readonly certificateDefineAuthorityName: string;
  readonly certificateDefineAuthorityCode: string;
  readonly certificateDefineAuthorityLevel: string;
  readonly relatedItemName: string | null;
  readonly relatedItemCode: string | null;
  readonly certificateHolderCategory: string;
  readonly validityRange: string;
  readonly certificateIssuingAuthorityLevel: string;
}

/** Facts of one version of one licence. Dates are `YYYY-MM-DD` of Asia/Shanghai. */
export interface Licence {
  /** GB/T 36904 identifier with its check character. */
  readonly identifier: string;
  readonly typeCode: string;
  readonly typeVersion: string;
  readonly version: string;
  readonly number: string;
  readonly issuer: { readonly name: string; readonly code: string; readonly region: string };
  readonly holder: { readonly name: string; readonly code: string; readonly codeType: string };
  readonly issuedOn: string;
  readonly validFrom: string;
  /** Null: permanent (长期). */
  readonly validUntil: string | null;
  /** Values by item key, as the type's schema allows. Pictures are base64 of JPEG or PNG. */
  readonly items: Readonly<Record<string, Json>>;
  readonly sample: boolean;
}

export interface LicenceEvent {
  readonly id: string;
  readonly licence: string;
  readonly operation: LicenceOperation;
  readonly actor: string;
  readonly reason: string;
  readonly legalBasis: string;
  /** When it takes effect and when it was recorded: RFC 3339 UTC. */
  readonly effectiveAt: string;
  readonly recordedAt: string;
}

/** Half-open interval [from, until) of one state; `until` null while it lasts. */
export interface StateInterval {
  readonly state: LicenceState;
  readonly from: string;
  readonly until: string | null;
  readonly eventId: string;
}

/** Answer of a check on one value: passed, or what is wrong with it. `words` never quote the value. */
export type CheckResult = { readonly ok: true } | Refusal;

/** Something that was asked and is not granted; `code` is stable. */
export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly words: Words;
}

/** One wrong field of a request. `field` is a JSON Pointer (RFC 6901). `words` never quote the value. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly words: Words;
}

/** What a JSON Schema has against a value; `field` is a JSON Pointer below the items. */
export interface SchemaProblem {
  readonly field: string;
  readonly keyword: string;
  readonly words: Words;
}

/**
 * Checks items against the JSON Schemas of their type. It comes from outside because schema compilers write code at
 * run time, which the content security policy of the browser forbids. Items that are missing or unknown are not its matter.
 */
export type ItemsValidator = (items: Readonly<Record<string, Json>>) => readonly SchemaProblem[];
