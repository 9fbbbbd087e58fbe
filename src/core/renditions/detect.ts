import { fromLatin1 } from '../encoding/index.js';

export type FileKind = 'pdf' | 'sd-jwt' | 'unknown';

/** How much of each end is looked at. */
const WINDOW = 1024;

/**
 * What a file wants to be, by marks that survive damage, so that a broken PDF is reported as a broken PDF. Says nothing
 * about whether it can be read.
 */
export function detectFile(bytes: Uint8Array): FileKind {
  const head = fromLatin1(bytes.subarray(0, WINDOW));
  const tail = fromLatin1(bytes.subarray(Math.max(0, bytes.length - WINDOW)));
  if (head.includes('%PDF-') || tail.includes('startxref') || tail.includes('%%EOF')) return 'pdf';
  return isCompactToken(head, bytes) ? 'sd-jwt' : 'unknown';
}

/** `header.payload.signature~…~`: nearly all base64url, with the two separators. One changed byte does not hide it. */
function isCompactToken(head: string, bytes: Uint8Array): boolean {
  const foreign = head.replace(/[A-Za-z0-9_.~-]/g, '').length;
  return head.length > 0 && foreign * 50 <= head.length && bytes.includes(0x2e) && bytes.includes(0x7e);
}
