import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oidToBytes, parseJson } from '../../../core/encoding/index.js';
import type { Oid } from '../../../core/encoding/index.js';
import type { KeyUsage } from '../../../core/pki/index.js';
import { KeyError } from '../errors.js';
import type { Family } from './family.js';

export type ProfileName =
  'root' | 'issuing' | 'seal-signing' | 'seal-encryption' | 'data-signing' | 'timestamp' | 'ocsp';

/** What every certificate of one kind has in common; `certs/profiles/<name>.json`, explained in `certs/README.md`. */
export interface Profile {
  readonly name: ProfileName;
  /** Attributes in the order of the name; `{word}` is replaced by the value of that word. */
  readonly subject: Readonly<Partial<Record<'C' | 'O' | 'OU' | 'CN', string>>>;
  readonly issuer: 'self' | 'root' | 'issuing';
  readonly validityYears: number;
  /** Present for an authority: how long its CRLs hold, and how many authorities may stand below it. */
  readonly authority?: { readonly crlDays: number; readonly pathLength?: number };
  readonly keyUsage: readonly KeyUsage[] | Readonly<Record<Family, readonly KeyUsage[]>>;
  readonly extendedKeyUsage?: { readonly critical: boolean; readonly purposes: readonly Oid[] };
  /** id-pkix-ocsp-nocheck, RFC 6960 4.2.2.2.1. */
  readonly ocspNoCheck?: boolean;
  readonly policies: readonly Oid[];
  /** URLs with `{crlBase}` and `{issuer}`, for example `sm2-issuing`. */
  readonly crlPointers: readonly string[];
}

export type Profiles = Readonly<Record<ProfileName, Profile>>;

const NAMES: readonly ProfileName[] = [
  'root',
  'issuing',
  'seal-signing',
  'seal-encryption',
  'data-signing',
  'timestamp',
  'ocsp',
];

/** Reads the seven profiles. TEMPLATE_MALFORMED names the file that is missing or wrong. */
export async function readProfiles(directory: string): Promise<Profiles> {
  const list = await Promise.all(NAMES.map((name) => readProfile(directory, name)));
  return Object.fromEntries(list.map((profile) => [profile.name, profile])) as Record<ProfileName, Profile>;
}

async function readProfile(directory: string, name: ProfileName): Promise<Profile> {
  const file = `${name}.json`;
  try {
    const profile = parseJson(await readFile(join(directory, file))) as unknown as Profile;
    const { subject, issuer, validityYears, policies, crlPointers } = profile;
    const holds =
      profile.name === name &&
      typeof subject.CN === 'string' &&
      ['self', 'root', 'issuing'].includes(issuer) &&
      Number.isInteger(validityYears) &&
      validityYears > 0 &&
      crlPointers.every((url) => typeof url === 'string') &&
      (profile.authority === undefined || profile.authority.crlDays > 0);
    if (!holds) throw new TypeError('a field is missing or wrong');
    [...policies, ...(profile.extendedKeyUsage?.purposes ?? [])].forEach(oidToBytes);
    return profile;
  } catch (cause) {
    throw new KeyError(
      'TEMPLATE_MALFORMED',
      { en: `certificate profile ${file} is missing or malformed`, zh: `证书模板 ${file} 缺失或格式错误` },
      { cause, details: { file } },
    );
  }
}

/** `{word}` → its value. A word without a value is a mistake of the caller. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, word: string) => {
    const value = values[word];
    if (value === undefined) throw new TypeError(`no value for {${word}}`);
    return value;
  });
}
