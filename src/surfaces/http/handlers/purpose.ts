import { requestInvalid } from '../errors.js';

/** The header is percent-encoded UTF-8, since headers hold ASCII. Null: none was stated. */
export function purposeOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const text = decoded(header);
  if (text === undefined || text.length < 2)
    throw requestInvalid([
      {
        field: 'Purpose',
        code: 'FIELD_FORMAT',
        words: { en: 'is not percent-encoded UTF-8 text', zh: '不是百分号编码的 UTF-8 文本' },
      },
    ]);
  return text;
}

function decoded(header: string): string | undefined {
  try {
    return decodeURIComponent(header).trim();
  } catch {
    return undefined;
  }
}
