import { fileURLToPath } from 'node:url';

/** Templates that ship with the program, seen from `dist/surfaces/cli`. */
export const SHIPPED = { templatesDirectory: fileURLToPath(new URL('../../../templates', import.meta.url)) };
