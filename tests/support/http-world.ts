import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fontFiles } from '../../src/adapters/fonts/index.js';
import {
  Keystore,
  SERVICE_KEYS,
  initAuthority,
  issueSigner,
  openInlineKeeper,
  readProfiles,
} from '../../src/adapters/keys/index.js';
import { jsonLog } from '../../src/adapters/observability/index.js';
import { createMemoryArchives, createMemoryDocuments, createMemoryFiles } from '../../src/adapters/storage/index.js';
import { systemClock, systemRandom } from '../../src/adapters/system/index.js';
import { openTemplates } from '../../src/adapters/templates/index.js';
import { TrustDirectory } from '../../src/adapters/trust/index.js';
import { checkCreditCode, stateAt } from '../../src/core/licence/index.js';
import type { Seal, SealKey } from '../../src/core/seal/index.js';
import {
  changeLicenceState,
  exportArchive,
  getArchiveItem,
  getRendition,
  issueLicence,
  listArchiveItems,
  openJournalReader,
  openSequencer,
  readLicence,
  registerClient,
  verifyDocument,
  verifyLicence,
  verifyLicenceCode,
  workPending,
} from '../../src/operations/index.js';
import type { Documents } from '../../src/ports/index.js';
import type { HttpSettings, HttpWorld } from '../../src/surfaces/http/index.js';
import { newClientKey } from './api-client.js';
import type { ClientKey } from './api-client.js';

export const PUBLIC_URL = 'https://licences.example';
export const OWN_DEPARTMENT = '11999900MB0000001K';
export const ALL_SCOPES = [
  'licences:issue',
  'licences:read',
  'licences:read-personal',
  'licences:change',
  'archive:read',
  'archive:export',
];

/** A department that is not the owner of anything here, with a right check character. */
export const OTHER_DEPARTMENT = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
  .map((check) => `11999900MB0000002${check}`)
  .find((code) => checkCreditCode(code).ok)!;

export interface TestWorld {
  readonly world: HttpWorld;
  readonly documents: Documents;
  /** Everything that was logged, one JSON line each. */
  readonly log: readonly string[];
  addClient(id: string, departmentCode: string, scopes: readonly string[]): Promise<ClientKey>;
  /** Journal leaves and archive items of all events so far. */
  workPending(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The service with real core, operations, templates and keys, its stores in memory. Settings may differ. Building it
 * makes keys and certificates: once for a file of tests.
 */
export async function openTestWorld(changes: Partial<HttpSettings> = {}): Promise<TestWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'yinxin-http-'));
  const keystore = { directory: join(directory, 'keys'), passphrase: 'test' };
  const settings: HttpSettings = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: PUBLIC_URL,
    tls: null,
    trustedProxies: 0,
    maxUploadBytes: 2_000_000,
    verificationsPerMinute: 10_000,
    ...changes,
  };
  const { seal, journal } = await makeKeys(directory, keystore);
  const keeper = await openInlineKeeper({ keystore, journal }, systemRandom);
  const documents = createMemoryDocuments();
  const templates = await openTemplates(resolve('templates'));
  const trust = new TrustDirectory(join(directory, 'trust'));
  const sequencer = await openSequencer({ documents, keeper }, { origin: journal.origin });
  const log: string[] = [];
  const world = {
    clock: systemClock,
    random: systemRandom,
    log: jsonLog({ write: (line) => log.push(line) }),
    documents,
    files: createMemoryFiles(),
    archives: createMemoryArchives(),
    templates,
    fonts: fontFiles(resolve('templates')),
    keeper,
    sequencer,
    trust,
    revocation: trust,
    registry: documents,
    publicUrl: settings.publicUrl,
  };
  await documents.insert('seals', {
    id: seal.code,
    ownerCode: seal.owner.code,
    role: seal.role,
    ownerAndRole: `${seal.owner.code}/${seal.role}`,
    seal,
  });
  const tokenKey = (await keeper.keys()).find(({ keyId }) => keyId === SERVICE_KEYS.token)!;
  const verify = verifyDocument(world);
  return {
    documents,
    log,
    world: {
      settings,
      contract: await readFile('api-spec/openapi.yaml', 'utf8'),
      clock: systemClock,
      random: systemRandom,
      log: world.log,
      templates,
      client: async (id) => (await documents.get('clients', id))?.doc,
      token: {
        spki: tokenKey.spki,
        sign: (message) => keeper.sign({ purpose: 'token', keyId: tokenKey.keyId, message }),
      },
      issueLicence: issueLicence(world),
      changeLicenceState: changeLicenceState(world),
      readLicence: readLicence(world),
      getRendition: getRendition(world),
      stateOf: ({ states, licence }) => stateAt({ states, validUntil: licence.validUntil }, systemClock.now()),
      verifyDocument: (command) => verify({ ...command, askRegistry: true }),
      verifyLicence: verifyLicence(world),
      verifyLicenceCode: verifyLicenceCode(world),
      journal: openJournalReader(documents),
      revocationList: (name) => Promise.resolve(name === 'sm2-issuing.crl' ? Uint8Array.of(0x30, 0) : undefined),
      listArchiveItems: listArchiveItems(world),
      getArchiveItem: getArchiveItem(world),
      exportArchive: exportArchive(world),
      readiness: () => Promise.resolve([]),
      strictAnswers: true,
    },
    async addClient(id, departmentCode, scopes) {
      const key = await newClientKey(`${id}-key`);
      await registerClient(world)({ id, name: id, departmentCode, scopes, key: key.publicJwk });
      return key;
    },
    async workPending() {
      await workPending(world)();
    },
    async close() {
      await sequencer.close();
      await keeper.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function makeKeys(directory: string, options: { directory: string; passphrase: string }) {
  const keystore = await Keystore.create({ ...options, random: systemRandom });
  const now = systemClock.now();
  const authority = {
    directory,
    keystore,
    profiles: await readProfiles(resolve('certs/profiles')),
    random: systemRandom,
    crlBase: `${PUBLIC_URL}/crl`,
  };
  const { journal } = await initAuthority(authority, { now, journalOrigin: 'journal.example/http' });
  const owner = { code: OWN_DEPARTMENT, name: '示例市行政审批局' };
  const code = '99990010000001';
  const keyFor = async (purpose: 'seal' | 'data', suite: SealKey['suite']): Promise<SealKey> => {
    const { keyId, certificates, from } = await issueSigner(authority, { purpose, sealCode: code, owner, suite, now });
    return { keyId, suite, certificates, from, until: null };
  };
  const seal: Seal = {
    code,
    name: `${owner.name}证照专用章`,
    owner,
    role: 'licence-issuing',
    picture: { shape: 'round', diameterMm: 42, centre: 'star', arcText: owner.name, bottomLine: '证照专用章', code },
    keys: [await keyFor('seal', 'SM2-SM3'), await keyFor('seal', 'ECDSA-P256-SHA256')],
    dataKeys: [await keyFor('data', 'SM2-SM3'), await keyFor('data', 'ECDSA-P256-SHA256')],
    states: [{ state: 'in-use', from: now.toISOString(), until: null, reason: '启用' }],
  };
  keystore.close();
  return { seal, journal };
}
