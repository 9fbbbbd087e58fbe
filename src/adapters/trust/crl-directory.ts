import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes } from '../../core/encoding/index.js';
import { readCertificateList } from '../../core/pki/index.js';
import type { CertificateList } from '../../core/pki/index.js';
import type { RevocationSource } from '../../ports/trust.js';
import { trustMalformed } from './errors.js';
import { pemOrDer } from './pem.js';

/** Revocation lists from one folder, read once: what `--crl DIR` of the command line names. */
export class CrlDirectory implements RevocationSource {
  private lists: Promise<readonly CertificateList[]> | undefined;

  constructor(private readonly directory: string) {}

  async crlsOf(issuer: Uint8Array): Promise<readonly CertificateList[]> {
    this.lists ??= this.read();
    return (await this.lists).filter((crl) => equalBytes(crl.issuer.der, issuer));
  }

  private async read(): Promise<readonly CertificateList[]> {
    const names = (await readdir(this.directory)).filter((name) => /\.(crl|pem|der)$/i.test(name)).sort();
    const lists = names.map(async (name) => {
      try {
        return pemOrDer(Uint8Array.from(await readFile(join(this.directory, name))), 'X509 CRL').map(
          readCertificateList,
        );
      } catch (cause) {
        throw trustMalformed(name, cause);
      }
    });
    return (await Promise.all(lists)).flat();
  }
}
