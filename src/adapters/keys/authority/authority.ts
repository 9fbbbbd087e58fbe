import { join } from 'node:path';
import { fromBase64, toBase64, toHex } from '../../../core/encoding/index.js';
import { readCertificate } from '../../../core/pki/index.js';
import type { Random } from '../../../ports/random.js';
import { makeDirectory } from '../durable-file.js';
import { KeyError, keyNotFound } from '../errors.js';
import type { Keystore } from '../keystore.js';
import { openSigner } from '../signer.js';
import type { Signer } from '../signer.js';
import { chooseSm2Engine } from '../sm2-engine.js';
import type { RevocationReason } from './crl.js';
import { familyRow } from './family.js';
import type { Family } from './family.js';
import { keyIdentifier } from './key-identifier.js';
import type { ProfileName, Profiles } from './profile.js';
import { certificateOfKey, readRegister, writeRegister } from './register.js';
import type { IssuedCertificate, Register } from './register.js';
import { writeTrust } from './trust-files.js';

/**
 * A certificate authority for development: three families, each with a root and an issuing authority. A real product
 * gets its certificates from a licensed authority; this one makes the same shapes. One call at a time: it is the tool of
 * one operator, and its register is one file.
 */
export interface Authority {
  /** Holds `authority/` (register, certificates) and `trust/` (what verifiers are given). */
  readonly directory: string;
  readonly keystore: Keystore;
  readonly profiles: Profiles;
  readonly random: Random;
  /** Where the CRLs will be served, without a slash at the end. It stands in every certificate. */
  readonly crlBase: string;
}

export const authorityKeyId = (family: Family, profile: ProfileName): string => `authority-${family}-${profile}`;

/**
 * Issues a certificate for a key of the keystore and records it. Durable when it resolves.
 * It starts at `now` (whole seconds) and ends with its profile's years, or with its issuer.
 */
export async function issueCertificate(
  authority: Authority,
  order: {
    readonly profile: ProfileName;
    readonly family: Family;
    readonly keyId: string;
    readonly values?: Readonly<Record<string, string>>;
    readonly now: Date;
  },
): Promise<IssuedCertificate> {
  const { family, keyId } = order;
  const profile = authority.profiles[order.profile];
  const key = authority.keystore.find(keyId);
  if (!key) throw keyNotFound(keyId);
  const register = await readRegister(folder(authority));
  const issuerKeyId = profile.issuer === 'self' ? keyId : authorityKeyId(family, profile.issuer);
  const issuerRow = profile.issuer === 'self' ? undefined : requireCertificate(register, issuerKeyId);
  if (issuerRow?.revoked)
    throw new KeyError('KEY_REFUSED', {
      en: `the certificate of ${issuerKeyId} is revoked`,
      zh: `${issuerKeyId} 的证书已吊销`,
    });
  const issuer = issuerRow && fromBase64(issuerRow.certificate);
  const notBefore = wholeSeconds(order.now);
  const notAfter = earlier(addYears(notBefore, profile.validityYears), issuer && readCertificate(issuer).notAfter);
  const serial = serialNumber(authority.random);
  // Loaded when it is needed: with its library it takes longer to load than a service takes to start.
  const { makeCertificate } = await import('./certificate.js');
  const der = await makeCertificate({
    profile,
    family,
    values: {
      ...order.values,
      family: familyRow(family).label,
      crlBase: authority.crlBase,
      issuer: `${family}-${profile.issuer}`,
    },
    spki: key.spki,
    serial,
    notBefore,
    notAfter,
    issuer,
    signer: signerOf(authority, issuerKeyId),
  });
  const row: IssuedCertificate = {
    keyId,
    family,
    profile: order.profile,
    issuer: issuerKeyId,
    serial: toHex(serial),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    certificate: toBase64(der),
    revoked: null,
  };
  await record(authority, { ...register, certificates: [...register.certificates, row] });
  return row;
}

/** A new CRL of this authority, with everything it has revoked; its number is one more than the last. */
export async function issueCrl(
  authority: Authority,
  order: { family: Family; issuer: 'root' | 'issuing'; now: Date },
): Promise<Uint8Array> {
  const register = await readRegister(folder(authority));
  const issuer = authorityKeyId(order.family, order.issuer);
  const certificate = readCertificate(fromBase64(requireCertificate(register, issuer).certificate));
  const last = register.crls.find((row) => row.issuer === issuer);
  const thisUpdate = wholeSeconds(order.now);
  const nextUpdate = new Date(thisUpdate.getTime() + authority.profiles[order.issuer].authority!.crlDays * 86_400_000);
  const number = (last?.number ?? 0) + 1;
  const revoked = register.certificates.flatMap(({ serial, revoked: fact, issuer: by }) =>
    by === issuer && fact ? [{ serial, at: new Date(fact.at), reason: fact.reason }] : [],
  );
  const { makeCrl } = await import('./crl.js');
  const crl = await makeCrl({
    issuerName: certificate.subject.der,
    issuerKeyId: keyIdentifier(certificate.spki),
    number,
    thisUpdate,
    nextUpdate,
    revoked,
    signer: signerOf(authority, issuer),
  });
  const row = {
    issuer,
    number,
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate.toISOString(),
    crl: toBase64(crl),
  };
  await record(authority, { ...register, crls: [...register.crls.filter((one) => one.issuer !== issuer), row] });
  return crl;
}

/** Revokes every certificate of this key and issues the CRL that says so. KEY_NOT_FOUND when it has none. */
export async function revokeCertificate(
  authority: Authority,
  order: { readonly keyId: string; readonly reason: RevocationReason; readonly now: Date },
): Promise<void> {
  const register = await readRegister(folder(authority));
  const found = requireCertificate(register, order.keyId);
  if (found.profile === 'root')
    throw new KeyError('KEY_REFUSED', {
      en: 'a root cannot revoke itself: take it out of the trust directory',
      zh: '根证书不能自行吊销，请将其移出信任目录',
    });
  const revoked = { at: wholeSeconds(order.now).toISOString(), reason: order.reason };
  const certificates = register.certificates.map((row) =>
    row.keyId === order.keyId && !row.revoked ? { ...row, revoked } : row,
  );
  await record(authority, { ...register, certificates });
  await issueCrl(authority, { family: found.family, issuer: issuerRole(found), now: order.now });
}

/** DER of the certificates that a signature carries: the signer's, then its issuers, without the root. */
export function chainOf(register: Register, leaf: IssuedCertificate): readonly string[] {
  const issuing = requireCertificate(register, leaf.issuer);
  return [leaf.certificate, issuing.certificate];
}

/** The register first: files that it names can be written again from it, never the other way round. */
async function record(authority: Authority, register: Register): Promise<void> {
  await makeDirectory(folder(authority));
  await writeRegister(folder(authority), register);
  await writeTrust(authority.directory, register);
}

export const folder = ({ directory }: Authority): string => join(directory, 'authority');

const issuerRole = ({ issuer, family }: IssuedCertificate): 'root' | 'issuing' =>
  issuer === authorityKeyId(family, 'root') ? 'root' : 'issuing';

function signerOf({ keystore, random }: Authority, keyId: string): Signer {
  const key = keystore.find(keyId);
  if (!key) throw keyNotFound(keyId);
  const pkcs8 = keystore.privateKey(keyId);
  try {
    return openSigner(key.suite, pkcs8, chooseSm2Engine(random));
  } finally {
    pkcs8.fill(0);
  }
}

function requireCertificate(register: Register, keyId: string): IssuedCertificate {
  const row = certificateOfKey(register, keyId);
  if (!row) throw keyNotFound(keyId);
  return row;
}

/** RFC 5280 4.1.2.2: positive and at most 20 octets; 15 random octets behind a byte that keeps the length. */
function serialNumber(random: Random): Uint8Array {
  return Uint8Array.of(0x01, ...random.bytes(15));
}

const wholeSeconds = (time: Date) => new Date(Math.floor(time.getTime() / 1000) * 1000);
const earlier = (a: Date, b: Date | undefined) => (b && b < a ? b : a);

function addYears(from: Date, years: number): Date {
  const to = new Date(from);
  to.setUTCFullYear(to.getUTCFullYear() + years);
  return new Date(to.getTime() - 1000);
}
