import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  generateKey,
  issueCertificate,
  issueCrl,
  issueSigner,
  readProfiles,
  renewSigner,
} from '../../src/adapters/keys/index.js';
import type { Authority, IssuedSigner, Keystore, NewKey } from '../../src/adapters/keys/index.js';
import type { Family } from '../../src/adapters/keys/authority/family.js';
import type { SuiteId } from '../../src/core/crypto/index.js';
import { fromBase64, toBase64 } from '../../src/core/encoding/index.js';
import type { SealKey } from '../../src/core/seal/index.js';

/** Certificates begin here; lists of revoked ones are good for 30 days from here. */
export const MADE_AT = new Date('2026-03-02T00:00:00.000Z');
export const OWNER = { code: '11999900MB0000001K', name: '示例市行政审批局' } as const;
export const SEAL_CODE = '99990010000001';

/** What a small world may sign with: SM2 and P-256, and the journal. RSA keys take seconds to find. */
const FAMILIES = [
  ['sm2', 'SM2-SM3'],
  ['ecdsa', 'ECDSA-P256-SHA256'],
] as const satisfies readonly (readonly [Family, SuiteId])[];

export interface SmallAuthority {
  /** Private keys too, by key id. */
  readonly keys: ReadonlyMap<string, NewKey>;
  readonly seal: readonly SealKey[];
  readonly data: readonly SealKey[];
  /** Holds `trust/` without journals. */
  readonly directory: string;
  /** A new key and certificate beside the old one, as the operator's command makes it. */
  renew(purpose: 'seal' | 'data', suite: SuiteId, now: Date): Promise<SealKey>;
}

const random = { bytes: (count: number) => Uint8Array.from(randomBytes(count)) };

/**
 * An authority by the code of the product, its keys in memory. What it makes is kept below node_modules and used by every
 * test file and run, as long as the code that made it is the same; each caller gets a copy of his own.
 */
export async function smallAuthority(): Promise<SmallAuthority> {
  const kept = resolve('node_modules', '.cache', 'yinxin-tests', `authority-${codeDigest()}`);
  if (!existsSync(kept)) await make(kept);
  const directory = mkdtempSync(join(tmpdir(), 'yinxin-world-'));
  cpSync(kept, directory, { recursive: true });
  const { keys, seal, data } = JSON.parse(readFileSync(join(directory, 'kept.json'), 'utf8')) as Kept;
  const store = new MemoryKeystore(keys);
  return {
    keys: store.keys,
    seal,
    data,
    directory,
    async renew(purpose, suite, now) {
      const order = { purpose, sealCode: SEAL_CODE, owner: OWNER, suite, now };
      return sealKeyOf((await renewSigner(await authorityIn(directory, store), order)).next);
    },
  };
}

interface Kept {
  readonly keys: readonly (Omit<NewKey, 'spki' | 'pkcs8'> & { readonly spki: string; readonly pkcs8: string })[];
  readonly seal: readonly SealKey[];
  readonly data: readonly SealKey[];
}

/** What an authority asks of a key store, without the passphrase, which costs half a second each time. */
class MemoryKeystore {
  readonly keys = new Map<string, NewKey>();

  constructor(kept: Kept['keys'] = []) {
    for (const key of kept)
      this.keys.set(key.keyId, { ...key, spki: fromBase64(key.spki), pkcs8: fromBase64(key.pkcs8) });
  }

  find(keyId: string): NewKey | undefined {
    return this.keys.get(keyId);
  }

  add(key: NewKey): Promise<NewKey> {
    // A copy: the caller wipes his.
    this.keys.set(key.keyId, { ...key, pkcs8: Uint8Array.from(key.pkcs8) });
    return Promise.resolve(key);
  }

  privateKey(keyId: string): Uint8Array {
    return Uint8Array.from(this.keys.get(keyId)!.pkcs8);
  }
}

async function make(kept: string): Promise<void> {
  mkdirSync(resolve(kept, '..'), { recursive: true });
  const building = mkdtempSync(`${kept}-`);
  const store = new MemoryKeystore();
  const authority = await authorityIn(building, store);
  for (const [family, suite] of FAMILIES) {
    for (const profile of ['root', 'issuing'] as const) {
      const keyId = `authority-${family}-${profile}`;
      await store.add({ keyId, purpose: 'authority', suite, ...(await generateKey(suite)) });
      await issueCertificate(authority, { profile, family, keyId, now: MADE_AT });
    }
    for (const issuer of ['root', 'issuing'] as const) await issueCrl(authority, { family, issuer, now: MADE_AT });
  }
  for (const suite of ['ED25519', 'SM2-SM3'] as const)
    await store.add({ keyId: `journal-${suite}`, purpose: 'journal', suite, ...(await generateKey(suite)) });
  const signers = async (purpose: 'seal' | 'data') => {
    const list: SealKey[] = [];
    for (const [, suite] of FAMILIES)
      list.push(
        sealKeyOf(await issueSigner(authority, { purpose, sealCode: SEAL_CODE, owner: OWNER, suite, now: MADE_AT })),
      );
    return list;
  };
  const [seal, data] = [await signers('seal'), await signers('data')];
  const keys = [...store.keys.values()].map((key) => ({
    ...key,
    spki: toBase64(key.spki),
    pkcs8: toBase64(key.pkcs8),
  }));
  writeFileSync(join(building, 'kept.json'), JSON.stringify({ keys, seal, data } satisfies Kept));
  moveInto(building, kept);
}

/** Whole or not at all; of two that made it at once the first one stays. */
export function moveInto(building: string, kept: string): void {
  try {
    renameSync(building, kept);
  } catch {
    rmSync(building, { recursive: true, force: true });
  }
}

const authorityIn = async (directory: string, store: MemoryKeystore): Promise<Authority> => ({
  directory,
  keystore: store as unknown as Keystore,
  profiles: await readProfiles(resolve('certs/profiles')),
  random,
  crlBase: 'https://licences.example/crl',
});

const sealKeyOf = ({ keyId, suite, certificates, from }: IssuedSigner): SealKey => ({
  keyId,
  suite,
  certificates,
  from,
  until: null,
});

/** Of the code that the kept things are made by. */
export function codeDigest(...more: readonly string[]): string {
  const digest = createHash('sha256');
  for (const path of ['src/adapters/keys', 'certs', 'tests/support/small-authority.ts', ...more])
    for (const file of filesBelow(path)) digest.update(file).update(readFileSync(file));
  return digest.digest('hex').slice(0, 16);
}

const filesBelow = (path: string): readonly string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path)
        .sort()
        .flatMap((name) => filesBelow(join(path, name)));
