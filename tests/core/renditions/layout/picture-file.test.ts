import { describe, expect, it } from '@jest/globals';
import { deflate } from '#primitives';
import { concat, latin1 } from '../../../../src/core/encoding/index.js';
import { readPicture } from '../../../../src/core/renditions/layout/picture-file.js';
import { u16, u32 } from './tiny-font.js';

const chunk = (kind: string, body: Uint8Array) => concat([u32(body.length), latin1(kind), body, u32(0)]);
const header = (width: number, height: number, bits: number, colour: number, interlace = 0) =>
  chunk('IHDR', concat([u32(width, height), new Uint8Array([bits, colour, 0, 0, interlace])]));
const png = (...chunks: Uint8Array[]) =>
  concat([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), ...chunks, chunk('IEND', new Uint8Array(0))]);
const rows = (bytes: number) => chunk('IDAT', deflate(new Uint8Array(bytes), 6));
const PALETTE = chunk('PLTE', new Uint8Array([255, 0, 0, 0, 0, 255]));
const jpeg = (marker: number, bits: number, components: number) =>
  concat([
    u16(0xffd8),
    u16(0xffe0, 4, 0),
    new Uint8Array([0xff, marker]),
    u16(11),
    new Uint8Array([bits]),
    u16(20, 30),
    new Uint8Array([components, 1, 0x11, 0]),
    u16(0xffd9),
  ]);

describe('readPicture', () => {
  it('reads PNG in grey, RGB and with a palette', () => {
    expect(readPicture(png(header(3, 2, 8, 2), rows(20)), 'photo')).toMatchObject({
      kind: 'png',
      width: 3,
      height: 2,
      components: 3,
      bits: 8,
      palette: null,
    });
    expect(readPicture(png(header(9, 2, 1, 0), rows(6)), 'photo')).toMatchObject({ components: 1, bits: 1 });
    expect(readPicture(png(header(3, 1, 4, 3), PALETTE, rows(3)), 'photo')).toMatchObject({
      components: 1,
      palette: new Uint8Array([255, 0, 0, 0, 0, 255]),
    });
  });

  it('joins PNG data that comes in pieces', () => {
    const data = deflate(new Uint8Array(20), 6);
    const pieces = [chunk('IDAT', data.subarray(0, 3)), chunk('IDAT', data.subarray(3))];
    expect(readPicture(png(header(3, 2, 8, 2), ...pieces), 'photo')).toMatchObject({ data });
  });

  it('reads baseline and progressive JPEG with one or three components', () => {
    expect(readPicture(jpeg(0xc0, 8, 3), 'photo')).toMatchObject({
      kind: 'jpeg',
      width: 30,
      height: 20,
      components: 3,
    });
    expect(readPicture(jpeg(0xc2, 8, 1), 'photo')).toMatchObject({ components: 1 });
  });

  it.each([
    ['a file of another kind', latin1('GIF89a')],
    ['PNG with alpha', png(header(3, 2, 8, 6), rows(26))],
    ['PNG with a transparent colour', png(header(3, 2, 8, 2), chunk('tRNS', new Uint8Array(6)), rows(20))],
    ['interlaced PNG', png(header(3, 2, 8, 2, 1), rows(20))],
    ['PNG of 16 bits', png(header(3, 2, 16, 2), rows(38))],
    ['PNG that lacks its palette', png(header(3, 1, 4, 3), rows(3))],
    ['PNG without header', png(rows(3))],
    ['PNG with too few rows', png(header(3, 2, 8, 2), rows(19))],
    ['PNG with too many rows', png(header(3, 2, 8, 2), rows(21))],
    ['PNG with damaged data', png(header(3, 2, 8, 2), chunk('IDAT', new Uint8Array(12)))],
    ['PNG that is cut', png(header(3, 2, 8, 2), rows(20)).subarray(0, 50)],
    ['a wide PNG', png(header(6001, 1, 8, 0), rows(6002))],
    ['an empty PNG', png(header(0, 0, 8, 0), rows(0))],
    ['a JPEG in CMYK', jpeg(0xc0, 8, 4)],
    ['a JPEG of 12 bits', jpeg(0xc1, 12, 3)],
    ['a lossless JPEG', jpeg(0xc3, 8, 3)],
    ['a JPEG that is cut', jpeg(0xc0, 8, 3).subarray(0, 12)],
    [
      'a JPEG without size',
      concat([u16(0xffd8, 0xffc0, 11), new Uint8Array([8]), u16(0, 0), new Uint8Array([3, 0, 0, 0])]),
    ],
  ])('refuses %s and names the field', (_, file) => {
    expect(() => readPicture(file, 'photo')).toThrow(
      expect.objectContaining({ code: 'PICTURE_UNSUPPORTED', more: { details: { field: 'photo' } } }),
    );
  });
});
