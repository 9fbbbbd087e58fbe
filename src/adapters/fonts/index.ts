export { fontFiles } from './font-files.js';
export { FONT_FILES } from './font-files.table.js';
export type { PinnedFont } from './font-files.table.js';
