import { describe, expect, it } from '@jest/globals';
import { latin1 } from '../../../src/core/encoding/index.js';
import { detectFile } from '../../../src/core/renditions/index.js';

describe('detectFile', () => {
  const token = `${'eyJhbGciOiJFUzI1NiJ9'.repeat(10)}.e30.c2ln~`;

  it.each([
    ['a header', '%PDF-1.7\nand so on'],
    ['a header a little later', ' '.repeat(500) + '%PDF-1.7'],
    ['a startxref alone', 'x'.repeat(5000) + 'startxref\n9'],
    ['an end of file alone', 'x'.repeat(5000) + '%%EOF\n'],
  ])('takes a file with %s for a PDF', (_, text) => {
    expect(detectFile(latin1(text))).toBe('pdf');
  });

  it('takes a compact token for structured data, also with a byte of it changed', () => {
    expect(detectFile(latin1(token))).toBe('sd-jwt');
    expect(detectFile(latin1(token.replace('hbG', 'h G')))).toBe('sd-jwt');
  });

  it.each([
    ['nothing', ''],
    ['text', 'dear reader. ~ and other words between them'],
    ['a token without its points', token.replaceAll('.', '')],
    ['a token without its tilde', token.replace('~', '')],
  ])('does not know what %s is', (_, text) => {
    expect(detectFile(latin1(text))).toBe('unknown');
  });
});
