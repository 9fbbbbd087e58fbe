import type { SuiteId } from '../../../core/crypto/index.js';
import type { LogKey, LogVerifier } from '../../../core/journal/index.js';
import type { KeptKey, KeyPurpose } from '../../../ports/keeper.js';
import { generateKey } from '../generate-key.js';
import type { Keystore } from '../keystore.js';
import { authorityKeyId, folder, issueCertificate, issueCrl } from './authority.js';
import type { Authority } from './authority.js';
import { FAMILIES } from './family.js';
import type { Family } from './family.js';
import { certificateOfKey, readRegister } from './register.js';
import type { IssuedCertificate } from './register.js';
import { writeJournals, writeTrust } from './trust-files.js';

/** Keys that a service has once, beside the authority's. */
export const SERVICE_KEYS = {
  journalEd25519: 'journal-ed25519',
  journalSm2: 'journal-sm2',
  token: 'token-es256',
} as const;

const OWN_PROFILES = ['root', 'issuing', 'timestamp', 'ocsp'] as const;

/**
 * Makes what is missing, in this order: keys, certificates, CRLs, journal and token keys, the trust directory.
 * Run again it changes nothing, except that a CRL of which less than half its time is left is issued anew.
 * Stopped half-way it goes on where it stopped.
 */
export async function initAuthority(
  authority: Authority,
  order: { readonly now: Date; readonly journalOrigin: string },
): Promise<{ readonly changed: boolean; readonly journal: LogVerifier }> {
  const before = await readRegister(folder(authority));
  await Promise.all(
    FAMILIES.flatMap(({ id, suite }) =>
      OWN_PROFILES.map((profile) => {
        // Those that live for decades get the longer RSA key; the time to find one grows steeply with its length.
        const rsaBits = profile === 'root' || profile === 'issuing' ? 3072 : 2048;
        return ensureKey(authority.keystore, authorityKeyId(id, profile), 'authority', suite, rsaBits);
      }),
    ),
  );
  for (const { id } of FAMILIES) {
    for (const profile of OWN_PROFILES) await ensureCertificate(authority, id, profile, order.now);
    for (const issuer of ['root', 'issuing'] as const) await ensureCrl(authority, id, issuer, order.now);
  }
  await ensureKey(authority.keystore, SERVICE_KEYS.token, 'token', 'ECDSA-P256-SHA256');
  const journal: LogVerifier = {
    origin: order.journalOrigin,
    keys: [
      await journalKey(authority.keystore, SERVICE_KEYS.journalEd25519, 'ED25519', order.journalOrigin),
      await journalKey(authority.keystore, SERVICE_KEYS.journalSm2, 'SM2-SM3', order.journalOrigin),
    ],
  };
  const after = await readRegister(folder(authority));
  await writeTrust(authority.directory, after);
  await writeJournals(authority.directory, [journal]);
  return { changed: JSON.stringify(before) !== JSON.stringify(after), journal };
}

/** The key of this id, made now if there is none. */
export async function ensureKey(
  keystore: Keystore,
  keyId: string,
  purpose: KeyPurpose,
  suite: SuiteId,
  rsaBits?: 2048 | 3072,
): Promise<KeptKey> {
  const known = keystore.find(keyId);
  if (known) return known;
  const { pkcs8, spki } = await generateKey(suite, rsaBits);
  const key = await keystore.add({ keyId, purpose, suite, spki, pkcs8 });
  pkcs8.fill(0);
  return key;
}

async function ensureCertificate(
  authority: Authority,
  family: Family,
  profile: (typeof OWN_PROFILES)[number],
  now: Date,
): Promise<IssuedCertificate> {
  const keyId = authorityKeyId(family, profile);
  const known = certificateOfKey(await readRegister(folder(authority)), keyId);
  return known ?? issueCertificate(authority, { profile, family, keyId, now });
}

async function ensureCrl(authority: Authority, family: Family, issuer: 'root' | 'issuing', now: Date): Promise<void> {
  const row = (await readRegister(folder(authority))).crls.find((one) => one.issuer === authorityKeyId(family, issuer));
  const halfWay = row && (Date.parse(row.thisUpdate) + Date.parse(row.nextUpdate)) / 2;
  if (halfWay === undefined || now.getTime() > halfWay) await issueCrl(authority, { family, issuer, now });
}

async function journalKey(keystore: Keystore, keyId: string, suite: LogKey['suite'], origin: string): Promise<LogKey> {
  const { spki } = await ensureKey(keystore, keyId, 'journal', suite);
  return { name: origin, suite, spki };
}
