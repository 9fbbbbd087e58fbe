import { EncodingError } from './errors.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const URL_VALUES = values(ALPHABET);
const STD_VALUES = values(ALPHABET.slice(0, 62) + '+/');

/** RFC 4648 section 5, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return encode(bytes, ALPHABET);
}

/** Strict: no padding, no white space, and the unused bits of the last character are zero. */
export function fromBase64url(text: string): Uint8Array {
  return decode(text, URL_VALUES);
}

/** RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, ALPHABET.slice(0, 62) + '+/');
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** Strict: padding present and canonical, no white space. */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw notBase64();
  return decode(text.replace(/={1,2}$/, ''), STD_VALUES);
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += alphabet[word >> 18]! + alphabet[(word >> 12) & 63]!;
    if (left > 1) out += alphabet[(word >> 6) & 63]!;
    if (left > 2) out += alphabet[word & 63]!;
  }
  return out;
}

function decode(text: string, table: Int8Array): Uint8Array {
  const tail = text.length % 4;
  if (tail === 1) throw notBase64();
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    const count = Math.min(4, text.length - i);
    let word = 0;
    for (let j = 0; j < 4; j++) {
      const code = j < count ? text.charCodeAt(i + j) : 65;
      const value = code < 128 ? table[code]! : -1;
      if (value < 0) throw notBase64();
      word = (word << 6) | value;
    }
    // Bits that no byte uses must be zero, else two texts would stand for one value.
    if ((count === 2 && (word & 0xffff) !== 0) || (count === 3 && (word & 0xff) !== 0)) throw notBase64();
    out[at++] = word >> 16;
    if (count > 2) out[at++] = (word >> 8) & 255;
    if (count > 3) out[at++] = word & 255;
  }
  return out;
}

function values(alphabet: string): Int8Array {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}

function notBase64(): EncodingError {
  return new EncodingError('BASE64_MALFORMED', { en: 'not canonical base64', zh: '不是规范的 base64 编码' });
}
