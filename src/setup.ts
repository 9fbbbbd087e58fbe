import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Keystore,
  initAuthority,
  issueSigner,
  keystoreExists,
  readProfiles,
  renewSigner,
} from './adapters/keys/index.js';
import type { Authority, IssuedSigner } from './adapters/keys/index.js';
import { lockStore, openMongoDocuments, openSqliteDocuments } from './adapters/storage/index.js';
import { systemClock, systemRandom } from './adapters/system/index.js';
import { readPassphrase } from './config/index.js';
import type { Settings } from './config/index.js';
import type { SuiteId } from './core/crypto/index.js';
import { toBase64url, toHex } from './core/encoding/index.js';
import { TrustError } from './core/errors/index.js';
import { checkCreditCode } from './core/licence/index.js';
import { checkSeal } from './core/seal/index.js';
import type { Seal, SealKey } from './core/seal/index.js';
import type { Documents } from './ports/index.js';

export const LICENCE_ROLE = 'licence-issuing';
interface KeyPlan {
  readonly suite: SuiteId;
  readonly rsaBits?: 2048 | 3072;
}

const SEAL_KEYS: readonly KeyPlan[] = [
  { suite: 'SM2-SM3' },
  { suite: 'ECDSA-P256-SHA256' },
  { suite: 'RSA-PKCS1-SHA256', rsaBits: 2048 },
  { suite: 'RSA-PSS-SHA256', rsaBits: 3072 },
];
const DATA_KEYS: readonly KeyPlan[] = [{ suite: 'SM2-SM3' }, { suite: 'ECDSA-P256-SHA256' }];

/** Where everything lies below the data directory. */
export const places = (data: string) => ({
  service: join(data, 'service', 'service.json'),
  keys: join(data, 'keys'),
  store: join(data, 'store', 'yinxin.sqlite'),
  lock: join(data, 'store', 'writer.lock'),
  files: join(data, 'files'),
  archive: join(data, 'archive'),
  authority: join(data, 'authority'),
  trust: join(data, 'trust'),
});

/** The store that the settings name. */
export const openDocuments = ({ store, dataDirectory }: Settings): Promise<Documents> =>
  store ? openMongoDocuments(store) : openSqliteDocuments({ file: places(dataDirectory).store });

/** Chosen once, at `init`. */
export interface ServiceRecord {
  readonly format: 'yinxin-service/1';
  /** Origin line of the journal's checkpoints: names this journal for ever. */
  readonly journalOrigin: string;
  readonly createdAt: string;
}

export interface Department {
  /** Unified social credit code, GB 32100. */
  readonly code: string;
  readonly name: string;
}

export interface SetUp {
  /** The development authority, the service keys and the data directory were there already. */
  readonly existed: boolean;
  readonly seal: Seal;
  /** Set when a random passphrase was made. */
  readonly passphraseFile: string | null;
}

/**
 * Makes what is missing: passphrase, key store, development authority with its CRLs, journal and token keys, and one
 * department with its licence seal in every suite. Run again it changes nothing that is there.
 */
export async function setUp(
  settings: Settings,
  department: Department,
  progress: (line: string) => void,
): Promise<SetUp> {
  const at = places(settings.dataDirectory);
  requireSealable(department);
  const existed = existsSync(at.service);
  const { passphrase, made } = await readOrMakePassphrase(settings);
  await mkdir(settings.dataDirectory, { recursive: true, mode: 0o700 });
  const service = await readOrMakeService(settings.dataDirectory);
  progress('key store');
  const authority = await openAuthority(settings, passphrase);
  try {
    progress('authority');
    await initAuthority(authority, { now: systemClock.now(), journalOrigin: service.journalOrigin });
    await mkdir(dirname(at.store), { recursive: true, mode: 0o700 });
    const documents = await openDocuments(settings);
    try {
      progress('seal');
      const seal = await ensureSeal(authority, documents, department);
      return { existed, seal, passphraseFile: made ? settings.passphraseFile : null };
    } finally {
      await documents.close();
    }
  } finally {
    authority.keystore.close();
  }
}

export interface RenewSealKey {
  readonly departmentCode: string;
  readonly suite: SuiteId;
  readonly purpose: 'seal' | 'data';
}

/** A new key and certificate for one suite of a seal; the old ones stay in its history, and old licences stay valid. */
export async function renewSealKey(settings: Settings, passphrase: string, order: RenewSealKey): Promise<Seal> {
  await readService(settings.dataDirectory);
  // A running service would not have the new key.
  const lock = lockStore(places(settings.dataDirectory).lock);
  try {
    const authority = await openAuthority(settings, passphrase);
    const documents = await openDocuments(settings);
    try {
      return await renewIn(authority, documents, order);
    } finally {
      await documents.close();
      authority.keystore.close();
    }
  } finally {
    lock.release();
  }
}

async function renewIn(authority: Authority, documents: Documents, order: RenewSealKey): Promise<Seal> {
  const ownerAndRole = `${order.departmentCode}/${LICENCE_ROLE}`;
  const [found] = await documents.find('seals', { index: 'ownerAndRole', equals: ownerAndRole, limit: 1 });
  if (!found) throw new TrustError('SEAL_NOT_FOUND', { en: 'this department has no seal', zh: '该单位没有印章' });
  const { seal } = found.doc;
  const list = order.purpose === 'seal' ? 'keys' : 'dataKeys';
  if (!seal[list].some(({ suite }) => suite === order.suite))
    throw new TrustError('SEAL_KEY_MISSING', {
      en: `the seal has no ${order.suite} key to renew`,
      zh: `该印章没有可更换的 ${order.suite} 密钥`,
    });
  const now = systemClock.now();
  const { next } = await renewSigner(authority, { ...order, sealCode: seal.code, owner: seal.owner, now });
  const renewed: Seal = { ...seal, [list]: withNextKey(seal[list], sealKeyOf(next), now) };
  await documents.replace('seals', { ...found.doc, seal: renewed }, found.version);
  return renewed;
}

/**
 * The old key of the suite serves to the end of the second in which it is replaced: licence codes tell their time in
 * whole seconds, and one that was just issued must not seem to be of a time when its key had gone.
 */
export function withNextKey(keys: readonly SealKey[], next: SealKey, now: Date): readonly SealKey[] {
  const change = new Date(Math.ceil(now.getTime() / 1000) * 1000).toISOString();
  const ended = keys.map((key) => (key.suite === next.suite && key.until === null ? { ...key, until: change } : key));
  return [...ended, { ...next, from: change }];
}

/** The authority of this data directory; the caller closes its key store. */
export async function openAuthority(settings: Settings, passphrase: string): Promise<Authority> {
  const { keys } = places(settings.dataDirectory);
  const options = { directory: keys, passphrase, random: systemRandom };
  return {
    directory: settings.dataDirectory,
    keystore: (await keystoreExists(keys)) ? await Keystore.open(options) : await Keystore.create(options),
    profiles: await readProfiles(fileURLToPath(new URL('../certs/profiles', import.meta.url))),
    random: systemRandom,
    crlBase: `${settings.publicUrl}/crl`,
  };
}

/** @throws TrustError NOT_INITIALISED, STORE_CORRUPT */
export async function readService(data: string): Promise<ServiceRecord> {
  const file = places(data).service;
  try {
    const service = JSON.parse(await readFile(file, 'utf8')) as ServiceRecord;
    if (service.format !== 'yinxin-service/1' || typeof service.journalOrigin !== 'string') throw new TypeError('form');
    return service;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new TrustError(
        'NOT_INITIALISED',
        { en: `nothing is set up in ${data}; run yinxin init`, zh: `${data} 尚未初始化，请先运行 yinxin init` },
        { cause },
      );
    throw new TrustError(
      'STORE_CORRUPT',
      { en: `${file} is damaged; put it back from a backup`, zh: `${file} 已损坏，请从备份恢复` },
      { cause },
    );
  }
}

/** Refuses what no seal can be made for, before keys are made for it. */
function requireSealable(department: Department): void {
  const code = checkCreditCode(department.code);
  if (!code.ok) throw new TrustError('SEAL_INVALID', code.words, { details: { field: '/owner/code' } });
  const seal = sealOf(department, sealCode(department, 1), { keys: [], dataKeys: [], from: systemClock.now() });
  const problem = checkSeal(seal).find(({ field }) => field !== '/keys');
  if (problem) throw new TrustError('SEAL_INVALID', problem.words, { details: { field: problem.field } });
}

async function ensureSeal(authority: Authority, documents: Documents, department: Department): Promise<Seal> {
  const ownerAndRole = `${department.code}/${LICENCE_ROLE}`;
  const [found] = await documents.find('seals', { index: 'ownerAndRole', equals: ownerAndRole, limit: 1 });
  if (found) return found.doc.seal;
  const now = systemClock.now();
  const code = sealCode(department, (await countSeals(documents)) + 1);
  // One after the other: the authority's register is one file.
  const signers = async (purpose: 'seal' | 'data', plans: readonly KeyPlan[]): Promise<SealKey[]> => {
    const list: SealKey[] = [];
    for (const plan of plans)
      list.push(sealKeyOf(await issueSigner(authority, { purpose, sealCode: code, owner: department, ...plan, now })));
    return list;
  };
  const keys = await signers('seal', SEAL_KEYS);
  const dataKeys = await signers('data', DATA_KEYS);
  const seal = sealOf(department, code, { keys, dataKeys, from: now });
  const [problem] = checkSeal(seal);
  if (problem) throw new TrustError('SEAL_INVALID', problem.words, { details: { field: problem.field } });
  await documents.insert('seals', { id: code, ownerCode: department.code, role: LICENCE_ROLE, ownerAndRole, seal });
  return seal;
}

const sealCode = ({ code }: Department, count: number): string => `${code.slice(2, 8)}${String(100_000_00 + count)}`;

function sealOf(
  department: Department,
  code: string,
  { keys, dataKeys, from }: Pick<Seal, 'keys' | 'dataKeys'> & { readonly from: Date },
): Seal {
  return {
    code,
    name: `${department.name}证照专用章`,
    owner: department,
    role: LICENCE_ROLE,
    picture: {
      shape: 'round',
      diameterMm: 42,
      centre: 'star',
      arcText: department.name,
      bottomLine: '证照专用章',
      code,
    },
    keys,
    dataKeys,
    states: [{ state: 'in-use', from: from.toISOString(), until: null, reason: '启用' }],
  };
}

async function countSeals(documents: Documents): Promise<number> {
  return (await documents.scan('seals', { limit: 1000 })).length;
}

/** A key counts until the next one takes its place, not until its certificate ends: that is judged with the certificate. */
const sealKeyOf = ({ keyId, suite, certificates, from }: IssuedSigner): SealKey => ({
  keyId,
  suite,
  certificates,
  from,
  until: null,
});

/** A key store has its passphrase already: a new one would only hide that it is kept elsewhere. */
async function readOrMakePassphrase(settings: Settings): Promise<{ passphrase: string; made: boolean }> {
  const { keys } = places(settings.dataDirectory);
  if (settings.passphrase !== null || existsSync(settings.passphraseFile) || (await keystoreExists(keys)))
    return { passphrase: readPassphrase(settings), made: false };
  const passphrase = toBase64url(systemRandom.bytes(24));
  await writeDurably(settings.passphraseFile, passphrase + '\n');
  return { passphrase, made: true };
}

async function readOrMakeService(data: string): Promise<ServiceRecord> {
  const { service: file } = places(data);
  if (existsSync(file)) return readService(data);
  const service: ServiceRecord = {
    format: 'yinxin-service/1',
    journalOrigin: `yinxin.invalid/journal/${toHex(systemRandom.bytes(8))}`,
    createdAt: systemClock.now().toISOString(),
  };
  await writeDurably(file, JSON.stringify(service, null, 2) + '\n');
  return service;
}

/** Whole or not at all: half a passphrase would lock the key store for good. */
async function writeDurably(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, text, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  const directory = await open(dirname(file));
  await directory.sync();
  await directory.close();
}
