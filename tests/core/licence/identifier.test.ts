import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCharacter, vendorCheckCharacter } from '../../../src/core/licence/check-character.js';
import { LicenceError, composeIdentifier, parseIdentifier } from '../../../src/core/licence/index.js';
import {
  IDENTIFIERS_FOUND as FOUND_IN_THE_FIELD,
  IDENTIFIERS_MADE as MADE,
  IDENTIFIER_OF_A_VENDOR as VENDOR,
  IDENTIFIER_ROOT as ROOT,
} from '../../conformance/numbers.table.js';
import type { LicenceIdentifier } from '../../../src/core/licence/index.js';

const PARTS = {
  typeCode: '11999900MB0000001K001',
  issuerCode: '11999900MB0000001K',
  serial: 'JY12345678901234',
  version: '001',
};

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const characters = fc.constantFrom(...ALPHABET);

function parsed(text: string): LicenceIdentifier {
  const result = parseIdentifier(text);
  if (!result.ok) throw new Error(result.words.en);
  return result.identifier;
}

function composed(parts: object): string {
  return composeIdentifier({ ...PARTS, ...parts });
}

describe('a licence identifier', () => {
  it.each([...FOUND_IN_THE_FIELD, ...MADE])('%s has the check character of the standard', (text) => {
    const { check, typeCode, issuerCode, serial, version } = parsed(ROOT + text);
    expect(check.kind).toBe('standard');
    expect(composeIdentifier({ typeCode, issuerCode, serial, version })).toBe(ROOT + text);
  });

  it('is told apart into its parts', () => {
    expect(parsed(ROOT + MADE[0])).toMatchObject({
      typeCode: '11100000MB0143028R001',
      issuerCode: '11999900MB0000001K',
      serial: 'A0000000000000000001',
      version: '001',
      check: { character: 'F' },
      warnings: [],
    });
  });

  it('of a platform that computes differently is non-standard, with that way recognised, and not called forged', () => {
    const { check } = parsed(ROOT + VENDOR);
    expect(check.kind).toBe('vendor');
    expect(check.words.en).toMatch(/non-standard.*not mean forged/);
    expect(check.words.zh).toMatch(/不表示伪造/);
  });

  it('with any other check character is non-standard and not called forged either', () => {
    const { check } = parsed(ROOT + VENDOR.replace(/M$/, 'X'));
    expect(check.kind).toBe('non-standard');
    expect(check.words.en).toMatch(/not mean forged/);
  });

  it('with an issuer that is no credit code is read with a warning', () => {
    const { warnings } = parsed(ROOT + FOUND_IN_THE_FIELD[4]);
    expect(warnings.map(({ en }) => en)).toEqual(['the issuer code is not a credit code']);
  });

  it('with a type code that begins with no credit code is read with a warning', () => {
    const { warnings } = parsed(composed({ typeCode: '11100000MB0307862A001' }));
    expect(warnings.map(({ en }) => en)).toEqual(['the type code does not begin with a credit code']);
  });

  it.each([
    ['another root', '1.2.156.3003.2.' + MADE[0], /does not begin with/],
    ['too few parts', ROOT + '11100000MB0143028R001.11999900MB0000001K.A1.001', /five parts/],
    ['too many parts', ROOT + MADE[0] + '.X', /five parts/],
    ['a type code with one place too many', ROOT + '1110000000001332XW059.11999900MB0000001K.A1.00', /five parts/],
    ['a short type code', ROOT + 'A001.11999900MB0000001K.A1.001.F', /type code/],
    ['an issuer in small letters', ROOT + '11999900MB0000001K001.11999900mb0000001k.A1.001.F', /issuer/],
    ['a serial with a hyphen', ROOT + '11999900MB0000001K001.11999900MB0000001K.A-1.001.F', /serial/],
    ['version 000', ROOT + '11999900MB0000001K001.11999900MB0000001K.A1.000.F', /version/],
    ['two check characters', ROOT + '11999900MB0000001K001.11999900MB0000001K.A1.001.FF', /check character/],
    ['200 characters', ROOT + 'A'.repeat(200), /longer than 128/],
  ])('with %s is refused with the reason', (_, text, reason) => {
    const result = parseIdentifier(text);
    expect(result).toMatchObject({ ok: false, code: 'LICENCE_IDENTIFIER_MALFORMED' });
    expect((result as { words: { en: string; zh: string } }).words.en).toMatch(reason);
    expect((result as { words: { en: string; zh: string } }).words.zh).toMatch(/^不是电子证照标识：/);
  });

  it('is not composed of parts without form', () => {
    expect(() => composed({ serial: '许可2026' })).toThrow(LicenceError);
    expect(() => composed({ serial: 'A'.repeat(41) })).toThrow(/serial/);
  });

  it('comes back from composing as it went in', () => {
    const serials = fc.string({ unit: characters, minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(serials, fc.integer({ min: 1, max: 999 }), (serial, n) => {
        const version = String(n).padStart(3, '0');
        const { check, ...parts } = parsed(composed({ serial, version }));
        expect(check.kind).toBe('standard');
        expect(parts).toMatchObject({ ...PARTS, serial, version });
      }),
    );
  });
});

describe('the check character MOD 37,36', () => {
  const texts = fc.string({ unit: characters, minLength: 2, maxLength: 80 });

  it('notices every change of one character, the check character itself included', () => {
    fc.assert(
      fc.property(texts, fc.nat(), characters, (text, place, other) => {
        const whole = text + checkCharacter(text);
        const at = place % whole.length;
        fc.pre(whole[at] !== other);
        const changed = whole.slice(0, at) + other + whole.slice(at + 1);
        expect(checkCharacter(changed.slice(0, -1))).not.toBe(changed.at(-1));
      }),
      { numRuns: 2000 },
    );
  });

  it('notices every one of the 2,170 substitutions and 25 transpositions of a known identifier', () => {
    const text = MADE[0].replaceAll('.', '').slice(0, -1);
    const check = checkCharacter(text);
    const places = [...text].map((_, i) => i);
    const substituted = places.flatMap((i) =>
      [...ALPHABET].filter((c) => c !== text[i]).map((c) => text.slice(0, i) + c + text.slice(i + 1)),
    );
    const transposed = places
      .slice(1)
      .filter((i) => text[i] !== text[i - 1])
      .map((i) => text.slice(0, i - 1) + text[i] + text[i - 1] + text.slice(i + 1));
    expect([substituted.length, transposed.length]).toEqual([2170, 25]);
    expect([...substituted, ...transposed].filter((other) => checkCharacter(other) === check)).toEqual([]);
  });

  it('misses few swaps of neighbours: well under one in a hundred', () => {
    let missed = 0;
    let tried = 0;
    fc.assert(
      fc.property(texts, fc.nat(), (text, place) => {
        const at = place % (text.length - 1);
        fc.pre(text[at] !== text[at + 1]);
        const swapped = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
        tried++;
        if (checkCharacter(swapped) === checkCharacter(text)) missed++;
      }),
      { numRuns: 3000, seed: 7064 },
    );
    expect(tried).toBeGreaterThan(2000);
    expect(missed / tried).toBeLessThan(0.01);
  });

  it('has no thirty-seventh value: a product of one gives 0', () => {
    const text = MADE.map((entry) => entry.replaceAll('.', '').slice(0, -1)).concat(
      [...ALPHABET].flatMap((a) => [...ALPHABET].map((b) => a + b)),
    );
    expect(text.every((entry) => ALPHABET.includes(checkCharacter(entry)))).toBe(true);
    expect(text.some((entry) => checkCharacter(entry) === '0')).toBe(true);
  });
});

describe('the check character as some platforms compute it', () => {
  it('differs from the standard on every text of digits', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(digits, (text) => {
        expect(vendorCheckCharacter(text)).not.toBe(checkCharacter(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('differs from the standard on every identifier found in the field but the one that shows it', () => {
    const bodies = FOUND_IN_THE_FIELD.map((entry) => entry.replaceAll('.', ''));
    for (const body of bodies) expect(vendorCheckCharacter(body.slice(0, -1))).not.toBe(body.at(-1));
    expect(vendorCheckCharacter(VENDOR.replaceAll('.', '').slice(0, -1))).toBe('M');
  });
});
