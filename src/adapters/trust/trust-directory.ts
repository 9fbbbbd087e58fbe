import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes } from '../../core/encoding/index.js';
import { readCertificate, readCertificateList } from '../../core/pki/index.js';
import type { Certificate, CertificateList } from '../../core/pki/index.js';
import type { LogVerifier } from '../../core/journal/index.js';
import type { RevocationSource, Trust } from '../../ports/trust.js';
import { trustMalformed } from './errors.js';
import { readJournals } from './journals-file.js';
import { pemOrDer } from './pem.js';

const CERTIFICATE_FILE = /\.(cer|crt|pem|der)$/i;
const CRL_FILE = /\.(crl|pem|der)$/i;

interface Content {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly journals: readonly LogVerifier[];
}

/**
 * What an operator believes, as files that he can look at:
 * `anchors/` and `intermediates/` (certificates, PEM or DER), `crls/`, `journals.json`. Only `anchors/` must exist.
 *
 * At most once a second a question looks whether a file came, went or changed (name, size, time, inode) and then reads all
 * anew; so a new CRL counts a second later at the latest, without a restart. TRUST_MALFORMED names the file that cannot be
 * read, and is not kept: the next question looks again.
 */
export class TrustDirectory implements Trust, RevocationSource {
  private seen: { readonly state: string; readonly content: Content } | undefined;
  private look: { readonly at: number; readonly content: Promise<Content> } | undefined;
  private readonly lookEveryMs: number;

  /** `lookEveryMs` 0 looks at every question. Elapsed time, not the clock: a clock set back must not stop the looking. */
  constructor(
    private readonly directory: string,
    { lookEveryMs = 1000 }: { readonly lookEveryMs?: number } = {},
  ) {
    this.lookEveryMs = lookEveryMs;
  }

  async anchors(): Promise<readonly Certificate[]> {
    return (await this.content()).anchors;
  }

  async intermediates(): Promise<readonly Certificate[]> {
    return (await this.content()).intermediates;
  }

  async journals(): Promise<readonly LogVerifier[]> {
    return (await this.content()).journals;
  }

  /** Newest first. Not checked: who asks verifies the signature with the issuer's key. */
  async crlsOf(issuer: Uint8Array): Promise<readonly CertificateList[]> {
    const { crls } = await this.content();
    return crls
      .filter((crl) => equalBytes(crl.issuer.der, issuer))
      .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  }

  private content(): Promise<Content> {
    const now = performance.now();
    if (this.look && now - this.look.at < this.lookEveryMs) return this.look.content;
    const look = { at: now, content: this.lookAgain() };
    this.look = look;
    look.content.catch(() => {
      if (this.look === look) this.look = undefined;
    });
    return look.content;
  }

  private async lookAgain(): Promise<Content> {
    const state = await stateOf(this.directory);
    if (this.seen?.state === state) return this.seen.content;
    const content = await readContent(this.directory);
    this.seen = { state, content };
    return content;
  }
}

async function readContent(directory: string): Promise<Content> {
  return {
    anchors: await readAll(directory, 'anchors', CERTIFICATE_FILE, 'CERTIFICATE', readCertificate),
    intermediates: await readAll(directory, 'intermediates', CERTIFICATE_FILE, 'CERTIFICATE', readCertificate),
    crls: await readAll(directory, 'crls', CRL_FILE, 'X509 CRL', readCertificateList),
    journals: await readJournals(directory),
  };
}

async function readAll<T>(
  directory: string,
  folder: string,
  names: RegExp,
  label: string,
  read: (der: Uint8Array) => T,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (const name of await filesOf(directory, folder)) {
    if (!names.test(name)) continue;
    try {
      const bytes = await readFile(join(directory, folder, name));
      all.push(...pemOrDer(Uint8Array.from(bytes), label).map(read));
    } catch (cause) {
      throw trustMalformed(`${folder}/${name}`, cause);
    }
  }
  return all;
}

/** Names in order; an absent folder is empty, but without `anchors/` this is no trust directory. */
async function filesOf(directory: string, folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(join(directory, folder))).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && folder !== 'anchors') return [];
    throw trustMalformed(folder, cause);
  }
}

async function stateOf(directory: string): Promise<string> {
  const paths = ['journals.json'];
  for (const folder of ['anchors', 'intermediates', 'crls'])
    paths.push(...(await filesOf(directory, folder)).map((name) => join(folder, name)));
  const lines = paths.map(async (path) => {
    const facts = await stat(join(directory, path), { bigint: true }).catch(() => undefined);
    return `${path} ${facts?.size} ${facts?.mtimeNs} ${facts?.ino}`;
  });
  return (await Promise.all(lines)).join('\n');
}
