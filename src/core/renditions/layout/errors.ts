import { TrustError } from '../../errors/index.js';

export type LayoutErrorCode =
  | 'FONT_MALFORMED'
  | 'FONT_UNKNOWN'
  | 'GLYPH_MISSING'
  | 'LAYOUT_OVERFLOW'
  | 'TEMPLATE_MALFORMED'
  | 'PICTURE_UNSUPPORTED'
  | 'CODE_TOO_LONG';

export class LayoutError extends TrustError<LayoutErrorCode> {}
