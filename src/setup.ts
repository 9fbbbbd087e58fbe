import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
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
import type { Settings } from './config/index.js';
import type { SuiteId } from './core/crypto/index.js';
import { toBase64url, toHex } from './core/encoding/index.js';
import { TrustError } from './core/errors/index.js';
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
  const existed = existsSync(at.service);
  await mkdir(settings.dataDirectory, { recursive: true, mode: 0o700 });
  const { passphrase, made } = await readOrMakePassphrase(settings);
  const service = await readOrMakeService(at.service);
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

/** A new key and certificate for one suite of a seal; the old ones stay in its history, and old licences stay valid. */
export async function renewSealKey(
  settings: Settings,
  passphrase: string,
  order: { readonly departmentCode: string; readonly suite: SuiteId; readonly purpose: 'seal' | 'data' },
): Promise<Seal> {
  // A running service would not have the new key.
  const lock = lockStore(places(settings.dataDirectory).lock);
  const authority = await openAuthority(settings, passphrase);
  const documents = await openDocuments(settings);
  try {
    const [found] = await documents.find('seals', {
      index: 'ownerAndRole',
      equals: `${order.departmentCode}/${LICENCE_ROLE}`,
      limit: 1,
    });
    if (!found) throw new TrustError('SEAL_NOT_FOUND', { en: 'this department has no seal', zh: '该单位没有印章' });
    const { seal } = found.doc;
    const { next } = await renewSigner(authority, {
      ...order,
      sealCode: seal.code,
      owner: seal.owner,
      now: systemClock.now(),
    });
    const list = order.purpose === 'seal' ? 'keys' : 'dataKeys';
    const ended = seal[list].map((key) =>
      key.suite === order.suite && key.until === null ? { ...key, until: next.from } : key,
    );
    const renewed: Seal = { ...seal, [list]: [...ended, { ...sealKeyOf(next), until: null }] };
    await documents.replace('seals', { ...found.doc, seal: renewed }, found.version);
    return renewed;
  } finally {
    await documents.close();
    authority.keystore.close();
    lock.release();
  }
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

export async function readService(data: string): Promise<ServiceRecord> {
  try {
    return JSON.parse(await readFile(places(data).service, 'utf8')) as ServiceRecord;
  } catch (cause) {
    throw new TrustError(
      'NOT_INITIALISED',
      { en: `nothing is set up in ${data}; run yinxin init`, zh: `${data} 尚未初始化，请先运行 yinxin init` },
      { cause },
    );
  }
}

async function ensureSeal(authority: Authority, documents: Documents, department: Department): Promise<Seal> {
  const ownerAndRole = `${department.code}/${LICENCE_ROLE}`;
  const [found] = await documents.find('seals', { index: 'ownerAndRole', equals: ownerAndRole, limit: 1 });
  if (found) return found.doc.seal;
  const now = systemClock.now();
  const code = `${department.code.slice(2, 8)}${String(100_000_00 + (await countSeals(documents)) + 1)}`;
  // One after the other: the authority's register is one file.
  const signers = async (purpose: 'seal' | 'data', plans: readonly KeyPlan[]): Promise<SealKey[]> => {
    const list: SealKey[] = [];
    for (const plan of plans)
      list.push(sealKeyOf(await issueSigner(authority, { purpose, sealCode: code, owner: department, ...plan, now })));
    return list;
  };
  const keys = await signers('seal', SEAL_KEYS);
  const dataKeys = await signers('data', DATA_KEYS);
  const seal: Seal = {
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
    states: [{ state: 'in-use', from: now.toISOString(), until: null, reason: '启用' }],
  };
  const [problem] = checkSeal(seal);
  if (problem) throw new TrustError('SEAL_INVALID', problem.words, { details: { field: problem.field } });
  await documents.insert('seals', { id: code, ownerCode: department.code, role: LICENCE_ROLE, ownerAndRole, seal });
  return seal;
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

async function readOrMakePassphrase(settings: Settings): Promise<{ passphrase: string; made: boolean }> {
  if (settings.passphrase !== null) return { passphrase: settings.passphrase, made: false };
  if (existsSync(settings.passphraseFile))
    return { passphrase: (await readFile(settings.passphraseFile, 'utf8')).trimEnd(), made: false };
  const passphrase = toBase64url(systemRandom.bytes(24));
  await writeDurably(settings.passphraseFile, passphrase + '\n');
  return { passphrase, made: true };
}

async function readOrMakeService(file: string): Promise<ServiceRecord> {
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as ServiceRecord;
  const service: ServiceRecord = {
    format: 'yinxin-service/1',
    journalOrigin: `yinxin.invalid/journal/${toHex(systemRandom.bytes(8))}`,
    createdAt: systemClock.now().toISOString(),
  };
  await writeDurably(file, JSON.stringify(service, null, 2) + '\n');
  return service;
}

async function writeDurably(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, text, { mode: 0o600, flush: true });
  await chmod(file, 0o600);
  const directory = await open(dirname(file));
  await directory.sync();
  await directory.close();
}
