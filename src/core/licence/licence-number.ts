import { LicenceError } from './errors.js';
import type { CheckResult } from './types.js';
import { PASSED, refusal } from './check-result.js';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'region' | 'year' }
  | { readonly kind: 'digits'; readonly count: number }
  | { readonly kind: 'sequence'; readonly count: number };

export interface NumberContext {
  /** Region of the issuer; its first six digits are used. */
  readonly region: string;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
  /** 16 random bytes, for `{digits:n}`. */
  readonly random?: Uint8Array;
  /** Position in the issuer's register, for `{sequence:n}`. */
  readonly sequence?: number;
}

/** Decimal digits that 16 random bytes give without a bias that matters: 10^18 against 2^128. */
const MAX_RANDOM_DIGITS = 18;

/**
 * Makes a licence number (证照编号) by a type's rule.
 * Whether it was given before is for the store to say: numbers may have gaps and are never used twice.
 *
 * @throws LicenceError LICENCE_NUMBER_RULE_MALFORMED; TypeError when `context` lacks what the rule asks for
 */
export function licenceNumber(rule: string, context: NumberContext): string {
  let number = '';
  let randomUsed = 0;
  for (const part of parseNumberRule(rule)) {
    if (part.kind === 'digits') {
      number += randomDigits(context.random).slice(randomUsed, randomUsed + part.count);
      randomUsed += part.count;
    } else number += written(part, context);
  }
  return number;
}

/** Does a number given elsewhere have the form of the rule? Region and year are only looked at as digits. */
export function checkLicenceNumber(rule: string, number: string): CheckResult {
  const form = parseNumberRule(rule).map(formOf).join('');
  if (new RegExp(`^${form}$`, 'u').test(number)) return PASSED;
  return refusal('LICENCE_NUMBER_FORM', `the licence number has not the form ${rule}`, `证照编号不符合规则 ${rule}`);
}

/** Serial of the identifier from a licence number: brackets, hyphens and Chinese characters have no place there. */
export function serialOf(number: string): string {
  return number.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** Throws LICENCE_NUMBER_RULE_MALFORMED, also for a rule that would give every licence one number. */
export function parseNumberRule(rule: string): readonly Part[] {
  const pieces = rule.split(/(\{[^{}]*\})/u).filter((piece) => piece !== '');
  const parts = pieces.map((piece) => parsePart(piece, rule));
  const random = parts.reduce((sum, part) => sum + (part.kind === 'digits' ? part.count : 0), 0);
  const varies = random > 0 || parts.some((part) => part.kind === 'sequence');
  if (!varies || random > MAX_RANDOM_DIGITS) throw malformedRule(rule);
  return parts;
}

function parsePart(piece: string, rule: string): Part {
  if (piece === '{region}') return { kind: 'region' };
  if (piece === '{year}') return { kind: 'year' };
  const counted = /^\{(digits|sequence):([1-9][0-9]?)\}$/.exec(piece);
  if (counted) return { kind: counted[1] as 'digits' | 'sequence', count: Number(counted[2]) };
  if (/^[0-9A-Za-z\p{Unified_Ideograph}〔〕（）()[\]-]+$/u.test(piece)) return { kind: 'text', text: piece };
  throw malformedRule(rule);
}

function written(part: Exclude<Part, { kind: 'digits' }>, { region, issuedOn, sequence }: NumberContext): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'region':
      return region.slice(0, 6);
    case 'year':
      return issuedOn.slice(0, 4);
    case 'sequence':
      if (
        sequence === undefined ||
        !Number.isSafeInteger(sequence) ||
        sequence < 1 ||
        String(sequence).length > part.count
      )
        throw new TypeError(`a sequence of 1 to ${part.count} digits is needed`);
      return String(sequence).padStart(part.count, '0');
  }
}

function randomDigits(random: Uint8Array | undefined): string {
  if (random?.length !== 16) throw new TypeError('16 random bytes are needed');
  const value = random.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return String(value % 10n ** BigInt(MAX_RANDOM_DIGITS)).padStart(MAX_RANDOM_DIGITS, '0');
}

function formOf(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text.replace(/[()[\]-]/g, (character) => (character === '-' ? '\\x2d' : `\\${character}`));
    case 'region':
      return '[0-9]{6}';
    case 'year':
      return '[0-9]{4}';
    case 'digits':
    case 'sequence':
      return `[0-9]{${part.count}}`;
  }
}

function malformedRule(rule: string): LicenceError {
  return new LicenceError('LICENCE_NUMBER_RULE_MALFORMED', {
    en: `not a rule for licence numbers: ${rule}`,
    zh: `不是有效的证照编号规则：${rule}`,
  });
}
