import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isTrustError } from '../../../src/core/errors/index.js';
import { readMultipart } from '../../../src/surfaces/http/request/multipart.js';

const TYPE = 'multipart/form-data; boundary=----form';
const part = (head: string, content: string) => `------form\r\n${head}\r\n\r\n${content}\r\n`;
const file = part(
  'Content-Disposition: form-data; name="file"; filename="营业执照.pdf"\r\nContent-Type: application/pdf',
  '%PDF\r\n------for\r\n',
);
const field = part('content-disposition:form-data; name="policy"', 'open');
const read = (text: string, type = TYPE) => readMultipart(type, Buffer.from(text));

describe('readMultipart', () => {
  it('reads a file and a field, bytes as they are', () => {
    const form = read(`${file}${field}------form--\r\n`);
    expect(form.get('file')!.fileName).toBe('营业执照.pdf');
    expect(Buffer.from(form.get('file')!.bytes).toString()).toBe('%PDF\r\n------for\r\n');
    expect(form.get('policy')).toMatchObject({ fileName: null, bytes: Buffer.from('open') });
  });

  it('reads what a browser makes of FormData', async () => {
    const data = new FormData();
    data.append('file', new Blob([new Uint8Array([0, 13, 10, 45, 45, 255])]), 'a "b".pdf');
    const request = new Request('http://x/', { method: 'POST', body: data });
    const form = readMultipart(request.headers.get('content-type')!, new Uint8Array(await request.arrayBuffer()));
    expect([...form.get('file')!.bytes]).toEqual([0, 13, 10, 45, 45, 255]);
  });

  it.each([
    ['no boundary', `${field}------form--`, 'multipart/form-data'],
    ['no end', field, TYPE],
    ['no name', `${part('Content-Disposition: form-data', 'x')}------form--`, TYPE],
    ['no disposition', `${part('Content-Type: text/plain', 'x')}------form--`, TYPE],
    ['no head', '------form\r\nx\r\n------form--', TYPE],
    ['a name twice', `${field}${field}------form--`, TYPE],
    ['text before the first part', `x\r\n${field}------form--`, TYPE],
    ['something else behind the boundary', `${field}------formX\r\n`, TYPE],
    [
      'a head that is not UTF-8',
      Buffer.concat([
        Buffer.from('------form\r\nContent-Disposition: form-data; name="'),
        Buffer.from([0xff]),
        Buffer.from('"\r\n\r\nx\r\n------form--'),
      ]),
      TYPE,
    ],
    [
      'nine parts',
      `${Array.from({ length: 9 }, (_, i) => part(`Content-Disposition: form-data; name="n${i}"`, 'x')).join('')}------form--`,
      TYPE,
    ],
  ])('refuses a form with %s', (_, body, type) => {
    expect(() => readMultipart(type, Buffer.from(body))).toThrow(expect.objectContaining({ code: 'FORM_MALFORMED' }));
  });

  it('answers any bytes with a form or with FORM_MALFORMED', () => {
    const whole = Buffer.from(`${file}${field}------form--\r\n`);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 12 }), (at, bytes) => {
        try {
          readMultipart(TYPE, Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)]));
        } catch (error) {
          expect(isTrustError(error)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
