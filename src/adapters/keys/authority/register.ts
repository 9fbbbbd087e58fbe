import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalText, fromBase64, parseJson } from '../../../core/encoding/index.js';
import { writeDurably } from '../durable-file.js';
import { keystoreMalformed } from '../errors.js';
import type { RevocationReason } from './crl.js';
import type { Family } from './family.js';
import type { ProfileName } from './profile.js';

const FORMAT = 'yinxin-authority/1';
const FILE = 'register.json';

/** What the authority has issued; the truth from which certificates, CRLs and the trust directory are written again. */
export type Register = {
  readonly format: typeof FORMAT;
  readonly certificates: readonly IssuedCertificate[];
  /** The newest of each issuer. */
  readonly crls: readonly IssuedCrl[];
};

export type IssuedCertificate = {
  readonly keyId: string;
  readonly family: Family;
  readonly profile: ProfileName;
  /** Key id of the issuer, its own for a root. */
  readonly issuer: string;
  /** Hex, as CRLs name it. */
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Base64 DER. */
  readonly certificate: string;
  readonly revoked: { readonly at: string; readonly reason: RevocationReason } | null;
};

export type IssuedCrl = {
  readonly issuer: string;
  readonly number: number;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
  readonly crl: string;
};

const EMPTY: Register = { format: FORMAT, certificates: [], crls: [] };

export async function readRegister(directory: string): Promise<Register> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(directory, FILE));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY;
    throw cause;
  }
  try {
    const register = parseJson(bytes) as unknown as Register;
    if (register.format !== FORMAT) throw new TypeError('format');
    register.certificates.forEach(({ certificate }) => fromBase64(certificate));
    register.crls.forEach(({ crl }) => fromBase64(crl));
    return register;
  } catch (cause) {
    throw keystoreMalformed(FILE, cause);
  }
}

export function writeRegister(directory: string, register: Register): Promise<void> {
  return writeDurably(join(directory, FILE), canonicalText(register) + '\n', 0o600);
}

/** The newest certificate of a key, revoked or not. */
export function certificateOfKey(register: Register, keyId: string): IssuedCertificate | undefined {
  return register.certificates.findLast((row) => row.keyId === keyId);
}
