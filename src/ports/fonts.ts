import type { FontBook } from '../core/renditions/index.js';

/** The fonts that faces are set in. Each is pinned by its hash: glyph numbers on a sealed face refer to exactly this file. */
export interface Fonts {
  /** Read and parsed once. Throws FONT_MALFORMED when a file is missing or not the pinned one. */
  load(): Promise<FontBook>;
}
