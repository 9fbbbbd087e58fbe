import { describe, expect, it } from '@jest/globals';
import { TrustError, isTrustError } from '../../../src/core/errors/index.js';

const words = { en: 'cannot', zh: '不能' };

describe('TrustError', () => {
  it('carries code, words and what caused it', () => {
    const cause = new Error('below');
    const error = new TrustError('CANNOT', words, { cause, details: { field: 'name' } });
    expect(error).toMatchObject({ name: 'TrustError', message: 'cannot', code: 'CANNOT', words, cause });
    expect(error.more.details).toEqual({ field: 'name' });
  });

  it('needs no more than code and words', () => {
    expect(new TrustError('CANNOT', words).cause).toBeUndefined();
  });

  it('is told from other errors', () => {
    expect(isTrustError(new TrustError('CANNOT', words))).toBe(true);
    expect(isTrustError(new Error('CANNOT'))).toBe(false);
    expect(isTrustError({ code: 'CANNOT', words })).toBe(false);
  });
});
