import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainPdf } from './sample-pdf.mjs';
import { pinned, works } from './workers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `pdfsig` judging a file without its certificates, a new process each; per second of CPU time, or why not. */
export function measurePdfsig(file, seconds) {
  if (!works('pdfsig', '-v')) return { skipped: 'pdfsig is not installed' };
  // The shell's own count of its children's CPU time; a fixed number of runs, since looking at the clock would cost more.
  const runs = Math.ceil(60 * seconds);
  const script = 'TIMEFORMAT="%U %S"; time for ((i = 0; i < $1; i++)); do pdfsig -nocert "$2" > /dev/null; done';
  const [command, ...args] = pinned(0, ['bash', '-c', `{ ${script}; } 2>&1`, 'bash', String(runs), file]);
  const text = execFileSync(command, args, { encoding: 'utf8' });
  const cpuSeconds = text
    .trim()
    .split('\n')
    .at(-1)
    .split(' ')
    .reduce((sum, part) => sum + Number(part), 0);
  return { perSecond: runs / cpuSeconds };
}

/** pyHanko sealing a PDF of this size and validating its own work, by suite; per second of CPU time, or why not. */
export function measurePyhanko(directory, size, seconds) {
  const python = findPyhanko();
  if (python === undefined) return { skipped: 'no .cache/*/bin/python has pyHanko' };
  const unsigned = join(directory, 'plain.pdf');
  writeFileSync(unsigned, plainPdf(size));
  const newKeys = {
    'P-256': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    'RSA-2048': ['-newkey', 'rsa:2048'],
  };
  const figures = Object.entries(newKeys).map(([name, newKey]) => {
    const [key, certificate] = [join(directory, `${name}.key`), join(directory, `${name}.cer`)];
    const subject = ['-nodes', '-subj', '/CN=peer', '-addext', 'keyUsage=digitalSignature,nonRepudiation'];
    execFileSync('openssl', ['req', '-x509', ...newKey, ...subject, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    const script = join(root, 'bench', 'pyhanko_peer.py');
    const [command, ...args] = pinned(0, [python, script, unsigned, key, certificate, String(seconds)]);
    return [name, JSON.parse(execFileSync(command, args, { encoding: 'utf8' }))];
  });
  return Object.fromEntries(figures);
}

function findPyhanko() {
  const cache = process.env.YINXIN_CACHE ?? join(root, '.cache');
  if (!existsSync(cache)) return undefined;
  return readdirSync(cache)
    .map((name) => join(cache, name, 'bin', 'python'))
    .find((python) => existsSync(python) && works(python, '-c', 'import pyhanko.sign'));
}
