// Verifies files in headless Chromium with core alone, every request after load aborted. Needs `dist/` and a Chromium
// (CHROMIUM, by default /usr/bin/chromium).
//   node tests/browser/run.mjs [--json]
// Exit code 0 when all passed, 1 when something failed, 3 when there is no browser to run in.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { judgeFile } from '../../dist/operations/steps/judge-file.js';
import { openVerifier } from '../../dist/wiring.js';
import { bundleCore } from '../../scripts/bundle-core.mjs';
import { issueSamples } from '../support/issue-samples.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  process.stderr.write(`not run: there is no browser at ${executablePath}; set CHROMIUM\n`);
  process.exit(3);
}

const root = new URL('../../', import.meta.url).pathname;
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const CSP = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>verify</title><script type="module" src="/verify.js"></script>';
const RENDITIONS = [
  ...['SM2-SM3', 'ECDSA-P256-SHA256', 'RSA-PKCS1-SHA256'].map((suite) => ({ kind: 'pdf', suite })),
  ...['SM2-SM3', 'ECDSA-P256-SHA256'].map((suite) => ({ kind: 'sd-jwt', suite })),
];

const results = [];
const check = (name, passed, why = '') => results.push({ name, passed, why });
const folder = mkdtempSync(join(tmpdir(), 'yinxin-browser-'));
const closing = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const templates = join(root, 'templates');
  const request = JSON.parse(readFileSync(join(templates, 'residence-certificate/sample.json'), 'utf8'));
  const { trust, files } = await issueSamples({
    data: join(folder, 'data'),
    templates,
    orders: [{ request, renditions: RENDITIONS }],
  });
  const at = new Date();
  const material = materialOf(trust, at);
  const bundle = await bundleCore('tests/browser/verify-page.ts');

  const server = await serve(bundle.text);
  closing.unshift(() => server.close());
  const { page, log, version } = await openPage(server.address().port);

  const inNode = {
    ...openVerifier({ trustDirectory: trust, templatesDirectory: templates, registry: null }),
    fonts: null,
  };
  for (const { kind, suite, bytes } of files) {
    const honest = await inBrowser(page, bytes, material);
    check(`${kind} ${suite} is accepted`, honest.verdict === 'accepted', honest.verdict);
    const there = await judgeFile(inNode, bytes, { policy: material.policy, at, registry: 'not-asked' });
    check(`${kind} ${suite} has the report that Node gives`, JSON.stringify(honest) === JSON.stringify(there));
    const forged = await inBrowser(page, forge(kind, bytes), material);
    const [own] = forged.signatures.filter((one) => one.kind === kind);
    check(
      `${kind} ${suite} forged is refused`,
      forged.verdict === 'refused' && own.indication === 'TOTAL_FAILED',
      `${forged.verdict}, ${own?.indication}`,
    );
  }
  const figures = await measure(page, files, material);
  const asked = [...log];
  check('nothing was asked for after load', asked.length === 0, asked.join(', '));
  // A log that cannot fill proves nothing.
  await page.goto(new URL('/canary', page.url()).href).catch(() => undefined);
  check(
    'the log would have shown it',
    log.some((line) => line.endsWith('/canary')),
    log.join(', '),
  );
  report({
    version,
    bundle: { modules: bundle.inputs, bytes: bundle.bytes, gzipBytes: bundle.gzipBytes },
    figures,
    log: asked,
  });
} finally {
  for (const close of closing) await close();
}

/** The trust directory as plain data. */
function materialOf(directory, at) {
  const read = (name) =>
    readdirSync(join(directory, name)).flatMap((file) => derOf(readFileSync(join(directory, name, file))));
  return {
    anchors: read('anchors'),
    intermediates: read('intermediates'),
    crls: read('crls'),
    journals: JSON.parse(readFileSync(join(directory, 'journals.json'), 'utf8')),
    policy: 'strict',
    at: at.toISOString(),
  };
}

/** DER in base64, out of DER or PEM. */
function derOf(file) {
  const text = file.toString('latin1');
  if (!text.includes('-----BEGIN')) return [file.toString('base64')];
  return [...text.matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/g)].map(([, body]) => body.replace(/\s/g, ''));
}

/** A PDF with one byte of its page changed; a token that discloses another value. */
function forge(kind, bytes) {
  const copy = Buffer.from(bytes);
  const place = kind === 'pdf' ? copy.indexOf('stream') + 60 : copy.indexOf('~') + 40;
  copy[place] ^= 1;
  return copy;
}

function serve(script) {
  const pages = { '/': ['text/html; charset=utf-8', PAGE], '/verify.js': ['text/javascript; charset=utf-8', script] };
  const server = createServer((request, response) => {
    const [type, body] = pages[request.url] ?? ['text/plain', ''];
    response.writeHead(pages[request.url] ? 200 : 404, { 'content-type': type, 'content-security-policy': CSP });
    response.end(body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Loads the page; from then on every request is aborted and logged, as is every error and every breach of the policy. */
async function openPage(port) {
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath,
    headless: true,
    args: FLAGS.split(' '),
  });
  closing.unshift(() => context.close());
  const log = [];
  const page = await context.newPage();
  page.on('console', (message) => log.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => log.push(`error: ${error.message}`));
  await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
  await page.waitForFunction(() => 'verifyPage' in globalThis);
  await context.route('**/*', (route) => {
    log.push(`${route.request().method()} ${route.request().url()}`);
    return route.abort();
  });
  return { page, log, version: context.browser()?.version() ?? '' };
}

function inBrowser(page, bytes, material) {
  const base64 = Buffer.from(bytes).toString('base64');
  return page.evaluate(([file, given]) => globalThis.verifyPage.verify(file, given), [base64, material]);
}

async function measure(page, files, material) {
  const figures = [];
  for (const { kind, suite, bytes } of files) {
    const base64 = Buffer.from(bytes).toString('base64');
    if (kind === 'sd-jwt') {
      const perSecond = await page.evaluate(([token]) => globalThis.verifyPage.measureSignature(token, 100), [base64]);
      figures.push({ name: `signature checks, ${suite}`, perSecond });
    }
    const perSecond = await page.evaluate(
      ([file, given]) => globalThis.verifyPage.measureFile(file, given, 10),
      [base64, material],
    );
    figures.push({ name: `files judged, ${kind} ${suite} of ${bytes.length} bytes`, perSecond });
  }
  return figures;
}

function report({ version, bundle, figures, log }) {
  const failed = results.filter(({ passed }) => !passed);
  process.exitCode = failed.length > 0 ? 1 : 0;
  if (process.argv.includes('--json')) {
    process.stdout.write(JSON.stringify({ version, bundle, results, figures, log }, null, 2) + '\n');
    return;
  }
  for (const { name, passed, why } of results)
    process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name}${passed || !why ? '' : `: ${why}`}\n`);
  process.stdout.write(
    `Chromium ${version}; bundle of ${bundle.modules} modules, ${bundle.bytes} bytes, ${bundle.gzipBytes} with gzip\n`,
  );
  for (const { name, perSecond } of figures) process.stdout.write(`${perSecond.toFixed(1).padStart(9)}/s  ${name}\n`);
  process.stdout.write(`${results.length - failed.length} passed, ${failed.length} failed\n`);
}
