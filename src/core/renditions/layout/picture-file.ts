import { concat, equalBytes, fromLatin1 } from '../../encoding/index.js';
import { inflate } from '#primitives';
import { LayoutError } from './errors.js';

/** A picture that every reader of the file can draw without us changing its samples. */
export type PictureFile =
  | {
      readonly kind: 'jpeg';
      readonly width: number;
      readonly height: number;
      readonly components: 1 | 3;
      readonly file: Uint8Array;
    }
  | {
      readonly kind: 'png';
      readonly width: number;
      readonly height: number;
      readonly components: 1 | 3;
      readonly bits: number;
      /** RGB entries of an indexed picture. */
      readonly palette: Uint8Array | null;
      /** Joined IDAT: zlib data with PNG's row filters. */
      readonly data: Uint8Array;
    };

const MAX_SIDE = 6000;

/** Reads a baseline or progressive JPEG, or a PNG without alpha and interlacing. Throws PICTURE_UNSUPPORTED. */
export function readPicture(file: Uint8Array, field: string): PictureFile {
  const refuse = (en: string, zh: string) =>
    new LayoutError(
      'PICTURE_UNSUPPORTED',
      { en: `the picture in ${field} cannot be used: ${en}`, zh: `${field} 中的图片不能使用：${zh}` },
      { details: { field } },
    );
  const picture = equalBytes(file.subarray(0, 8), PNG_MAGIC)
    ? readPng(file)
    : file[0] === 0xff && file[1] === 0xd8
      ? readJpeg(file)
      : undefined;
  if (!picture)
    throw refuse(
      'it is neither JPEG nor PNG, damaged, or of a kind that is not supported',
      '不是 JPEG 或 PNG，已损坏，或属于不支持的类型',
    );
  if (picture.width === 0 || picture.height === 0 || picture.width > MAX_SIDE || picture.height > MAX_SIDE)
    throw refuse(`a side is empty or longer than ${MAX_SIDE} pixels`, `边长为零或超过 ${MAX_SIDE} 像素`);
  return picture;
}

function readJpeg(file: Uint8Array): PictureFile | undefined {
  const u16 = (at: number) => (file[at]! << 8) | file[at + 1]!;
  let at = 2;
  while (at + 9 < file.length && file[at] === 0xff) {
    const marker = file[at + 1]!;
    // SOF0 to SOF2: baseline, extended and progressive Huffman coding, which PDF readers know.
    if (marker >= 0xc0 && marker <= 0xc2) {
      const components = file[at + 9];
      if (file[at + 4] !== 8 || (components !== 1 && components !== 3)) return undefined;
      return { kind: 'jpeg', width: u16(at + 7), height: u16(at + 5), components, file };
    }
    at += 2 + u16(at + 2);
  }
  return undefined;
}

const PNG_MAGIC = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Grey, RGB, indexed; the kinds with alpha (4, 6) would be drawn differently by readers that drop it. */
const PNG_COMPONENTS = new Map<number, 1 | 3>([
  [0, 1],
  [2, 3],
  [3, 1],
]);

function readPng(file: Uint8Array): PictureFile | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const data: Uint8Array[] = [];
  let header: Uint8Array | undefined;
  let palette: Uint8Array | null = null;
  for (let at = 8; at + 12 <= file.length;) {
    const length = view.getUint32(at);
    const kind = fromLatin1(file.subarray(at + 4, at + 8));
    if (at + 12 + length > file.length) return undefined;
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR' && length === 13) header = body;
    else if (kind === 'PLTE') palette = body;
    else if (kind === 'IDAT') data.push(body);
    else if (kind === 'tRNS') return undefined;
    at += 12 + length;
  }
  if (!header) return undefined;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [bits, colour, interlace] = [header[8]!, header[9]!, header[12]!];
  const components = PNG_COMPONENTS.get(colour);
  if (!components || bits > 8 || interlace !== 0 || (colour === 3) !== (palette !== null)) return undefined;
  const joined = concat(data);
  if (
    width > MAX_SIDE ||
    height > MAX_SIDE ||
    !holdsRows(joined, height * (1 + Math.ceil((width * components * bits) / 8)))
  )
    return undefined;
  return { kind: 'png', width, height, components, bits, palette, data: joined };
}

/** The compressed samples must be whole before a seal stands over them. */
function holdsRows(data: Uint8Array, bytes: number): boolean {
  try {
    return inflate(data, bytes).length === bytes;
  } catch {
    return false;
  }
}
