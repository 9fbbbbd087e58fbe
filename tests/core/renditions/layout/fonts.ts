import { join } from 'node:path';
import { fontFiles } from '../../../../src/adapters/fonts/index.js';
import type { FontBook } from '../../../../src/core/renditions/index.js';

/** The fonts that the templates use. */
export const realFonts = (): Promise<FontBook> => fontFiles(join(import.meta.dirname, '../../../../templates')).load();
