import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalText, fromBase64, toBase64 } from '../../../core/encoding/index.js';
import type { LogVerifier } from '../../../core/journal/index.js';
import { writeDurably } from '../durable-file.js';
import type { Register } from './register.js';

/**
 * Writes what the register says as files: `authority/certificates/<key id>.cer`, and `trust/` for verifiers. All public.
 * Files that are right already are left alone, so their times tell when something changed.
 */
export async function writeTrust(directory: string, register: Register): Promise<void> {
  const newest = new Map(register.certificates.map((row) => [row.keyId, row]));
  for (const { keyId, family, profile, certificate } of newest.values()) {
    const pem = pemOf(certificate);
    await writeIfOther(join(directory, 'authority', 'certificates', `${keyId}.cer`), pem);
    if (profile === 'root') await writeIfOther(join(directory, 'trust', 'anchors', `${family}-root.cer`), pem);
    if (profile === 'issuing')
      await writeIfOther(join(directory, 'trust', 'intermediates', `${family}-issuing.cer`), pem);
  }
  for (const { issuer, crl } of register.crls)
    await writeIfOther(join(directory, 'trust', 'crls', `${issuer.replace(/^authority-/, '')}.crl`), fromBase64(crl));
}

/** `journals.json`: the list that TrustDirectory reads. */
export function writeJournals(directory: string, journals: readonly LogVerifier[]): Promise<void> {
  const list = journals.map(({ origin, keys }) => ({
    origin,
    keys: keys.map(({ name, suite, spki }) => ({ name, suite, spki: toBase64(spki) })),
  }));
  return writeIfOther(join(directory, 'trust', 'journals.json'), canonicalText(list) + '\n');
}

/** RFC 7468. */
function pemOf(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`;
}

async function writeIfOther(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const there = await readFile(path).catch(() => undefined);
  if (there && there.equals(Buffer.from(contents))) return;
  await writeDurably(path, contents, 0o644);
}
