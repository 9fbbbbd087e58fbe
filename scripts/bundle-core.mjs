// Bundles an entry that uses core only, as a browser gets it, and proves what it holds. Needs `dist/`.
//   node scripts/bundle-core.mjs ENTRY OUTFILE
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { join, relative } from 'node:path';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What may be inside: the entry, core, and the packages that core uses. */
const ALLOWED = /^(dist\/core\/|node_modules\/(@noble\/(curves|hashes)|fflate|qr)\/)/;
const FOREIGN = /\bBuffer\b|\brequire\(|\bprocess\.|\beval\(|\bnew Function\b|\bWebAssembly\b|["']node:/;

/** Source paths stand for the build, so that `#primitives` is resolved as in the package: by the condition `browser`. */
const sourcesAreTheBuild = {
  name: 'sources-are-the-build',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/src\/core\// }, ({ path, resolveDir }) => ({
      path: join(ROOT, relative(ROOT, join(resolveDir, path)).replace(/^src\//, 'dist/')),
    })),
};

/** Answers `{ text, bytes, gzipBytes, inputs }`. Throws when anything but core got in, or anything a strict page forbids. */
export async function bundleCore(entry) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    plugins: [sourcesAreTheBuild],
    // The paths of tsconfig.json are for the type checker; they would win over the package's import map.
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const inputs = Object.keys(metafile.inputs);
  const foreign = inputs.filter((path) => path !== relative(ROOT, join(ROOT, entry)) && !ALLOWED.test(path));
  if (foreign.length > 0) throw new Error(`not of core: ${foreign.join(', ')}`);
  if (!inputs.includes('dist/core/primitives/browser.js') || inputs.some((path) => /primitives\/node/.test(path)))
    throw new Error('the primitives are not those of a browser');
  const text = outputFiles[0].text;
  const found = FOREIGN.exec(text);
  if (found) throw new Error(`the bundle holds ${found[0]}`);
  return {
    text,
    bytes: outputFiles[0].contents.length,
    gzipBytes: gzipSync(text, { level: 9 }).length,
    inputs: inputs.length,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, outfile] = process.argv.slice(2);
  const { text, bytes, gzipBytes, inputs } = await bundleCore(entry);
  writeFileSync(outfile, text);
  process.stdout.write(`${outfile}: ${inputs} modules, ${bytes} bytes, ${gzipBytes} with gzip\n`);
}
