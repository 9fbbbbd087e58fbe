import { fromBase64, fromLatin1 } from '../../core/encoding/index.js';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** The values of a file that is PEM (RFC 7468, one or more blocks of this label) or plain DER. Throws for an empty PEM. */
export function pemOrDer(bytes: Uint8Array, label: string): readonly Uint8Array[] {
  const text = fromLatin1(bytes);
  if (!text.includes('-----BEGIN')) return [bytes];
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length === 0 || blocks.some((block) => block[1] !== label))
    throw new TypeError(`no PEM block ${label}, or one of another kind`);
  return blocks.map((block) => fromBase64(block[2]!.replace(/\s+/g, '')));
}
