import { describe, expect, it } from '@jest/globals';
import { fill } from '../../../../src/core/verification/words/fill.js';

describe('fill', () => {
  it('puts details in their places and a dash where there is none', () => {
    const words = { en: 'since {since}, {toString}', zh: '自 {since} 起' };
    expect(fill(words, { since: '2026' })).toEqual({ en: 'since 2026, —', zh: '自 2026 起' });
    expect(fill(words, { since: null }).zh).toBe('自 — 起');
    expect(fill(words).zh).toBe('自 — 起');
  });
});
