import type { SuiteId } from '../../../core/crypto/index.js';
import { chainOf, folder, issueCertificate } from './authority.js';
import type { Authority } from './authority.js';
import { familyOf } from './family.js';
import { ensureKey } from './init-authority.js';
import { readRegister } from './register.js';
import type { IssuedCertificate, Register } from './register.js';

export interface SignerOrder {
  /** `seal` signs seals and has an encryption pair beside it; `data` signs structured data (decision 5). */
  readonly purpose: 'seal' | 'data';
  /** Letters and digits. */
  readonly sealCode: string;
  readonly owner: { readonly code: string; readonly name: string };
  readonly suite: SuiteId;
  /** RSA suites; 3072 when absent. */
  readonly rsaBits?: 2048 | 3072;
  readonly now: Date;
}

/** A signer's key and certificates as a seal record keeps them (`SealKey`). */
export interface IssuedSigner {
  readonly keyId: string;
  readonly suite: SuiteId;
  /** Base64 DER: signer first, then the issuing authority; without the root. */
  readonly certificates: readonly string[];
  readonly from: string;
  readonly until: string | null;
}

/** The signer in force at `now`, issued if there is none: so it may be repeated. */
export async function issueSigner(authority: Authority, order: SignerOrder): Promise<IssuedSigner> {
  const register = await readRegister(folder(authority));
  const current = signersOf(register, order).findLast(
    (row) => row.revoked === null && Date.parse(row.notAfter) > order.now.getTime(),
  );
  return current ? signerOf(register, current, order.suite) : newSigner(authority, order);
}

/**
 * A new key and certificate beside the old one, which is neither revoked nor deleted: what it signed stays valid.
 * `previous` is the old one with the end of its use, for the seal record; undefined when there was none.
 */
export async function renewSigner(
  authority: Authority,
  order: SignerOrder,
): Promise<{ readonly previous: IssuedSigner | undefined; readonly next: IssuedSigner }> {
  const register = await readRegister(folder(authority));
  const old = signersOf(register, order).at(-1);
  const next = await newSigner(authority, order);
  return { previous: old && { ...signerOf(register, old, order.suite), until: next.from }, next };
}

async function newSigner(authority: Authority, order: SignerOrder): Promise<IssuedSigner> {
  const { purpose, sealCode, owner, suite, rsaBits, now } = order;
  if (!/^[A-Za-z0-9]{1,40}$/.test(sealCode)) throw new TypeError('a seal code is letters and digits');
  const family = familyOf(suite);
  const values = { sealCode, ownerCode: owner.code, ownerName: owner.name };
  const count = signersOf(await readRegister(folder(authority)), order).length;
  const keyId = `${prefixOf(order)}${count + 1}`;
  const encryption = `${keyId}-encryption`;
  // The pair of GM practice: what was encrypted for the seal's owner is opened with a key that signs nothing.
  await Promise.all([
    ensureKey(authority.keystore, keyId, purpose, suite, rsaBits),
    purpose === 'seal' && ensureKey(authority.keystore, encryption, 'encryption', suite, 2048),
  ]);
  if (purpose === 'seal')
    await issueCertificate(authority, { profile: 'seal-encryption', family, keyId: encryption, values, now });
  const profile = purpose === 'seal' ? 'seal-signing' : 'data-signing';
  const row = await issueCertificate(authority, { profile, family, keyId, values, now });
  return signerOf(await readRegister(folder(authority)), row, suite);
}

const prefixOf = ({ purpose, sealCode, suite }: SignerOrder): string =>
  `${purpose}-${sealCode}-${suite.toLowerCase()}-`;

/** Signing certificates of this seal and suite, in the order of issue. */
function signersOf(register: Register, order: SignerOrder): readonly IssuedCertificate[] {
  const prefix = prefixOf(order);
  return register.certificates.filter(
    ({ keyId, profile }) => keyId.startsWith(prefix) && profile !== 'seal-encryption',
  );
}

function signerOf(register: Register, row: IssuedCertificate, suite: SuiteId): IssuedSigner {
  return { keyId: row.keyId, suite, certificates: chainOf(register, row), from: row.notBefore, until: null };
}
