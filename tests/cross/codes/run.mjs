// Reads the code on the face of each sealed PDF from a picture of the page, with two decoders that share no code, and asks
// the service's own operation what it proves.
// Usage: node tests/cross/codes/run.mjs DATA-DIRECTORY FILE.pdf…   (needs dist/ and pdftoppm)
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import jsQR from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { loadSettings } from '../../../dist/config/index.js';
import { verifyLicenceCode } from '../../../dist/operations/index.js';
import { openTemplates } from '../../../dist/adapters/templates/index.js';
import { openStore } from '../../../dist/wiring.js';
import { places } from '../../../dist/setup.js';

const [data, ...files] = process.argv.slice(2);
const shipped = { templatesDirectory: new URL('../../../templates', import.meta.url).pathname };
const settings = loadSettings({ YINXIN_DATA: data }, shipped);
const documents = await openStore(places(settings.dataDirectory).store);
const templates = await openTemplates(settings.templatesDirectory);
const verify = verifyLicenceCode({ documents, templates, clock: { now: () => new Date() } });
const wasm = readFileSync(new URL('../../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm', import.meta.url));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } });

const counts = { passed: 0, failed: 0 };
const check = (name, good, detail = '') => {
  counts[good ? 'passed' : 'failed']++;
  if (!good) console.log(`FAILED ${name} ${detail}`);
};

/** Binary PPM (P6) as RGBA. */
function picture(file) {
  const folder = mkdtempSync(join(tmpdir(), 'yinxin-code-'));
  try {
    execFileSync('pdftoppm', ['-r', '200', '-singlefile', file, join(folder, 'page')]);
    const bytes = readFileSync(join(folder, 'page.ppm'));
    const [head, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64));
    const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let i = 0, at = head.length; i < width * height; i++, at += 3) rgba.set(bytes.subarray(at, at + 3), i * 4);
    return { data: rgba, width: Number(width), height: Number(height) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const file of files) {
  const name = basename(file);
  const image = picture(file);
  const one = (jsQR.default ?? jsQR)(image.data, image.width, image.height)?.data;
  const [two] = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true });
  check(`${name}: two decoders read the same text`, one !== undefined && one === two?.text, `${one} ${two?.text}`);
  if (one === undefined) continue;
  const report = await verify({ code: one });
  check(`${name}: the code is signed by the issuer`, report.signature === 'passed', JSON.stringify(report));
  check(`${name}: it names a licence of the registry`, report.status?.known === true);
  const forged = one.replace(/~(.)([^~]*)$/, (_, first, rest) => `~${first === 'A' ? 'B' : 'A'}${rest}`);
  check(`${name}: a changed signature is refused`, (await verify({ code: forged })).verdict === 'refused');
}
await documents.close();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
