import { describe, expect, it } from '@jest/globals';
import { signerName } from '../../../src/core/verification/signer-name.js';

describe('signerName', () => {
  it.each([
    ['11999900MB0000001K示例市市场监督管理局', '示例市市场监督管理局（11999900MB0000001K）'],
    ['Example Ltd', 'Example Ltd'],
    ['11999900MB0000001K', '11999900MB0000001K'],
    ['', '99990010000001'],
  ])('shows %j as %s', (organisation, shown) => {
    expect(signerName({ organisation, name: '99990010000001' })).toBe(shown);
  });
});
