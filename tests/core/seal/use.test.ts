import { describe, expect, it } from '@jest/globals';
import { SealError, dataKeyFor, mayUse, sealKeyFor, sealStateAt } from '../../../src/core/seal/index.js';
import { SEAL, at } from './sample-seal.js';

const day = (n: number) => new Date(at(n));
const justBefore = (n: number) => new Date(day(n).getTime() - 1);

describe('the state of a seal', () => {
  it.each([
    ['before it existed', justBefore(1), undefined],
    ['from its first instant', day(1), 'in-use'],
    ['just before suspension', justBefore(10), 'in-use'],
    ['at suspension', day(10), 'suspended'],
    ['after resumption', day(12), 'in-use'],
    ['at cancellation', day(20), 'cancelled'],
  ] as const)('%s', (_, instant, state) => {
    expect(sealStateAt(SEAL, instant)).toBe(state);
  });
});

describe('the use of a seal', () => {
  it('is with the key of the suite at that time', () => {
    expect(sealKeyFor(SEAL, 'SM2-SM3', justBefore(5)).keyId).toBe('sm2-a');
    expect(sealKeyFor(SEAL, 'SM2-SM3', day(5)).keyId).toBe('sm2-b');
    expect(sealKeyFor(SEAL, 'RSA-PSS-SHA256', day(12)).keyId).toBe('rsa-a');
  });

  it('for structured data is with a key of its own', () => {
    expect(dataKeyFor(SEAL, 'SM2-SM3', day(5)).keyId).toBe('data-a');
    expect(mayUse(SEAL, 'RSA-PSS-SHA256', day(5), 'data')).toMatchObject({ ok: false, code: 'SEAL_KEY_MISSING' });
  });

  it.each([
    ['before it existed', justBefore(1), 'SEAL_NOT_IN_USE_YET'],
    ['while suspended', day(11), 'SEAL_SUSPENDED'],
    ['once cancelled', day(21), 'SEAL_CANCELLED'],
  ] as const)('is refused %s', (_, instant, code) => {
    expect(mayUse(SEAL, 'SM2-SM3', instant, 'seal')).toMatchObject({
      ok: false,
      code,
      words: { zh: expect.stringContaining('印章') },
    });
    expect(() => sealKeyFor(SEAL, 'SM2-SM3', instant)).toThrow(SealError);
    expect(() => dataKeyFor(SEAL, 'SM2-SM3', instant)).toThrow(SealError);
  });

  it('is refused in a suite for which it has no key, or not yet', () => {
    for (const suite of ['ECDSA-P256-SHA256', 'RSA-PSS-SHA256'] as const)
      expect(mayUse(SEAL, suite, day(2), 'seal')).toMatchObject({ ok: false, code: 'SEAL_KEY_MISSING' });
  });
});
