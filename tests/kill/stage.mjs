import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * A copy of `dist/` in a folder of its own, with one difference: its signer counts (counted-signer.mjs). Beside it the
 * API client of the tests, compiled. `remove` takes everything away, data included.
 */
export async function stageBuild() {
  const folder = mkdtempSync(join(tmpdir(), 'yinxin-kill-'));
  mkdirSync(join(folder, 'build'));
  const at = (...path) => join(folder, 'build', ...path);
  for (const name of ['dist', 'package.json', 'templates', 'api-spec', 'certs'])
    cpSync(join(PROJECT, name), at(name), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), at('node_modules'));
  renameSync(at('dist/adapters/keys/signer.js'), at('dist/adapters/keys/real-signer.js'));
  cpSync(join(HERE, 'counted-signer.mjs'), at('dist/adapters/keys/signer.js'));
  await build({
    entryPoints: [join(PROJECT, 'tests/support/api-client.ts')],
    outfile: at('api-client.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  return { folder, at, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
