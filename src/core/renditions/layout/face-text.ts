import type { Json } from '../../errors/index.js';
import type { Licence } from '../../licence/index.js';
import { LayoutError } from './errors.js';

/** How a value of the data becomes the characters on the face; stands beside the item's path in the file. */
export type FaceFormat = 'text' | 'date';

/** What a face shows besides the type's items. Their paths begin with `@`, which no item key does. */
export const FACE_FACTS = [
  'number',
  'identifier',
  'issuerName',
  'issuedOn',
  'validFrom',
  'validUntil',
  'verificationAddress',
] as const;
export type FaceFact = (typeof FACE_FACTS)[number];

/**
 * The characters that stand for a value, in the order in which they are drawn; a line end in them breaks the line and is
 * not drawn. Dates become `2026年03月05日`, an open end 长期.
 */
export function faceText(value: Json, format: FaceFormat): string {
  if (format === 'date') {
    if (value === null) return '长期';
    const parts = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null;
    if (parts) return `${parts[1]!}年${parts[2]!}月${parts[3]!}日`;
  } else if (typeof value === 'string') return value;
  else if (typeof value === 'number') return String(value);
  throw new LayoutError('TEMPLATE_MALFORMED', {
    en: `a value of this kind cannot be shown as ${format}`,
    zh: `该值不能按 ${format} 格式显示`,
  });
}

export function faceFact(fact: FaceFact, licence: Licence, verificationAddress: string): Json {
  if (fact === 'issuerName') return licence.issuer.name;
  return fact === 'verificationAddress' ? verificationAddress : licence[fact];
}
