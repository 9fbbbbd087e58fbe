import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Folder of test data made by others; undefined where it is missing, after saying so once.
 * With CI set a missing folder is an error: a gate that skips its vectors is no gate.
 */
export function vectorsDir(set: string): string | undefined {
  const root = process.env['VECTORS_DIR'] ?? resolve('..', 'shared', 'vectors');
  const folder = join(root, set);
  if (existsSync(folder)) return folder;
  if (process.env['CI'] === 'true') throw new Error(`test data missing: ${set} (set VECTORS_DIR)`);
  process.stderr.write(`not run: test data "${set}" is missing; set VECTORS_DIR to the folder that holds it\n`);
  return undefined;
}
