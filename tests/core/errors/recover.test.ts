import { describe, expect, it } from '@jest/globals';
import { TrustError, recover } from '../../../src/core/errors/index.js';

const refusal = new TrustError('INPUT_MALFORMED', { en: 'malformed', zh: '格式错误' });
const fails = (error: Error) => (): never => {
  throw error;
};

describe('recover', () => {
  it('gives what was read', () => {
    expect(recover(() => 1, fails(new Error('not asked')))).toBe(1);
  });

  it('hands a refusal to the other way', () => {
    expect(recover(fails(refusal), ({ code }) => code)).toBe('INPUT_MALFORMED');
    expect(recover(fails(refusal), () => null, 'INPUT_MALFORMED')).toBeNull();
  });

  it('lets a refusal with another code pass', () => {
    expect(() => recover(fails(refusal), () => null, 'LIMIT_EXCEEDED')).toThrow(refusal);
  });

  it('lets a defect pass', () => {
    const defect = new RangeError('out of range');
    expect(() => recover(fails(defect), () => null)).toThrow(defect);
    expect(() => recover(fails(defect), () => null, 'INPUT_MALFORMED')).toThrow(defect);
  });

  it('lets what `instead` throws pass', () => {
    expect(() => recover(fails(refusal), fails(new Error('said otherwise')))).toThrow('said otherwise');
  });
});
