import encodeQR from 'qr';
import { LayoutError } from './errors.js';
import type { Box, PlacedSymbol } from './laid-page.js';

/** Modules of white that ISO/IEC 18004 asks for on each side. */
const QUIET = 4;

/** The text as a QR symbol of error correction level M that fills the square box, quiet zone included. */
export function qrSymbol(text: string, box: Box): PlacedSymbol {
  try {
    return { box, modules: encodeQR(text, 'raw', { ecc: 'medium', border: QUIET }) };
  } catch (cause) {
    throw new LayoutError(
      'CODE_TOO_LONG',
      { en: 'the code token is too long for a QR symbol', zh: '证照码内容过长，无法生成二维码' },
      { cause },
    );
  }
}
