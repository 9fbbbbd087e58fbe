import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import { hash } from '#primitives';
import { fontFiles } from '../../src/adapters/fonts/index.js';
import { traceRule } from '../../src/adapters/keys/journal-proof.js';
import { openSigner } from '../../src/adapters/keys/signer.js';
import { chooseSm2Engine } from '../../src/adapters/keys/sm2-engine.js';
import { jsonLog } from '../../src/adapters/observability/index.js';
import { createMemoryArchives, createMemoryDocuments, createMemoryFiles } from '../../src/adapters/storage/index.js';
import { openTemplates } from '../../src/adapters/templates/index.js';
import { TrustDirectory } from '../../src/adapters/trust/index.js';
import { suiteById } from '../../src/core/crypto/index.js';
import { fromUtf8, toBase64url, utf8 } from '../../src/core/encoding/index.js';
import { TrustError, type Json } from '../../src/core/errors/index.js';
import type { LogVerifier } from '../../src/core/journal/index.js';
import type { Intent } from '../../src/core/renditions/index.js';
import { toJoseSignature } from '../../src/core/renditions/sd-jwt/index.js';
import type { Seal } from '../../src/core/seal/index.js';
import type { Caller } from '../../src/operations/index.js';
import { checkJournal, closeOpenIntents, openSequencer } from '../../src/operations/index.js';
import type { IssueLicence, RequestedRendition, Sequencer } from '../../src/operations/index.js';
import type { Archives, Files, Keeper, LicenceRecord, Log, SignRequest, Templates } from '../../src/ports/index.js';
import { faultyDocuments } from './faulty-documents.js';
import type { Fault, FaultyDocuments } from './faulty-documents.js';
import { MADE_AT, OWNER, SEAL_CODE, smallAuthority } from './small-authority.js';
import type { SmallAuthority } from './small-authority.js';

export { OWNER, SEAL_CODE };
export const JOURNAL_ORIGIN = 'journal.example/small-world';
export const RESIDENCE = '11999900MB0000001K003';
export const BUSINESS = '11999900MB0000001K001';

export const SCOPES = [
  'licences:issue',
  'licences:read',
  'licences:read-personal',
  'licences:change',
  'archive:read',
  'archive:export',
];
export const callerOf = (departmentCode: string, scopes: readonly string[] = SCOPES): Caller => ({
  clientId: 'counter',
  departmentCode,
  scopes: new Set(scopes),
});
export const caller = callerOf(OWNER.code);

/** A signature that left the keeper. */
export interface Signature {
  readonly intent: Intent;
  readonly keyId: string;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SmallKeeper extends Keeper {
  readonly signatures: readonly Signature[];
  /** The next seal or data signature fails: before it is made, or after it was made and left. */
  failNext(fault: Fault): void;
}

export interface SmallFiles extends Files {
  failNext(fault: Fault): void;
}

/** Real core, real keys, stores in memory, a clock that stands until it is set. Its members may be exchanged by a test. */
export interface SmallWorld {
  readonly clock: { now(): Date; set(time: string): void; advance(ms: number): void };
  readonly random: { bytes(count: number): Uint8Array };
  readonly log: Log;
  /** What was logged, one JSON object each. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  readonly documents: FaultyDocuments;
  readonly registry: FaultyDocuments;
  readonly files: SmallFiles;
  archives: Archives;
  templates: Templates;
  readonly fonts: ReturnType<typeof fontFiles>;
  readonly keeper: SmallKeeper;
  sequencer: Sequencer;
  readonly trust: TrustDirectory & { journals(): Promise<readonly LogVerifier[]> };
  readonly revocation: TrustDirectory;
  readonly publicUrl: string;
  readonly authority: SmallAuthority;
  /** What a new process does that finds the stores as they are. */
  restart(): Promise<void>;
  changeSeal(change: (seal: Seal) => Seal): Promise<void>;
  close(): Promise<void>;
}

const templates = openTemplates(resolve('templates'));
/** Parsed once for a file of tests: they are 20 MB. */
export const fonts = fontFiles(resolve('templates'));

export async function smallWorld(): Promise<SmallWorld> {
  const authority = await smallAuthority();
  const clock = settableClock(new Date(MADE_AT.getTime() + 2 * 3_600_000));
  const documents = faultyDocuments(createMemoryDocuments());
  const journal = journalOf(authority);
  const keeper = smallKeeper(authority, journal);
  const trust = Object.assign(new TrustDirectory(join(authority.directory, 'trust')), {
    journals: () => Promise.resolve([journal]),
  });
  const lines: string[] = [];
  const open = () => openSequencer({ documents, keeper }, { origin: JOURNAL_ORIGIN });
  const world: SmallWorld = {
    clock,
    random: countedRandom(),
    log: jsonLog({ write: (line) => lines.push(line) }),
    get logged() {
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    documents,
    registry: documents,
    files: smallFiles(),
    archives: createMemoryArchives(),
    templates: await templates,
    fonts,
    keeper,
    sequencer: await open(),
    trust,
    revocation: trust,
    publicUrl: 'https://licences.example',
    authority,
    async restart() {
      world.sequencer = await open();
      await closeOpenIntents(world)();
    },
    async changeSeal(change) {
      const { doc, version } = (await documents.get('seals', SEAL_CODE))!;
      await documents.replace('seals', { ...doc, seal: change(doc.seal) }, version);
    },
    async close() {
      await world.sequencer.close();
      rmSync(authority.directory, { recursive: true, force: true });
    },
  };
  const seal = sealOf(authority);
  await documents.insert('seals', {
    id: seal.code,
    ownerCode: seal.owner.code,
    role: seal.role,
    ownerAndRole: `${seal.owner.code}/${seal.role}`,
    seal,
  });
  return world;
}

function sealOf({ seal, data }: SmallAuthority): Seal {
  return {
    code: SEAL_CODE,
    name: `${OWNER.name}证照专用章`,
    owner: OWNER,
    role: 'licence-issuing',
    picture: {
      shape: 'round',
      diameterMm: 42,
      centre: 'star',
      arcText: OWNER.name,
      bottomLine: '证照专用章',
      code: SEAL_CODE,
    },
    keys: seal,
    dataKeys: data,
    states: [{ state: 'in-use', from: MADE_AT.toISOString(), until: null, reason: '启用' }],
  };
}

function settableClock(from: Date): SmallWorld['clock'] {
  let now = from.getTime();
  return {
    now: () => new Date(now),
    set: (time) => void (now = Date.parse(time)),
    advance: (ms) => void (now += ms),
  };
}

/** The same bytes in every run, and never the same twice. */
function countedRandom(): SmallWorld['random'] {
  let count = 0;
  return {
    bytes(length) {
      const out = new Uint8Array(length);
      for (let at = 0; at < length; at += 32)
        out.set(hash('sha256', utf8(`random ${count++}`)).subarray(0, length - at), at);
      return out;
    },
  };
}

function journalOf({ keys }: SmallAuthority): LogVerifier {
  const logKeys = (['ED25519', 'SM2-SM3'] as const).map((suite) => ({
    name: JOURNAL_ORIGIN,
    suite,
    spki: keys.get(`journal-${suite}`)!.spki,
  }));
  return { origin: JOURNAL_ORIGIN, keys: logKeys };
}

/** The keeper's rules without its key store. Keys that come later are known at once. */
function smallKeeper({ keys }: SmallAuthority, journal: LogVerifier): SmallKeeper {
  const requireTrace = traceRule(journal);
  const engine = chooseSm2Engine({ bytes: (count) => Uint8Array.from(randomBytes(count)) });
  const signatures: Signature[] = [];
  let planned: Fault | undefined;
  const sign = async (request: SignRequest): Promise<Uint8Array> => {
    const key = keys.get(request.keyId);
    if (key?.purpose !== request.purpose) throw new TrustError('KEY_REFUSED', { en: 'refused', zh: '拒绝' });
    const signer = openSigner(key.suite, key.pkcs8, engine);
    if (request.purpose !== 'seal' && request.purpose !== 'data') return signer.sign(request.message);
    const fault = planned;
    planned = undefined;
    await requireTrace(key, request.message, request.proof);
    const broken = new TrustError('KEEPER_UNAVAILABLE', { en: `the keeper ${fault}`, zh: '密钥保管线程未运行' });
    if (fault === 'failed') throw broken;
    const signature = signer.sign(request.message);
    signatures.push({ intent: request.proof.intent, keyId: key.keyId, message: request.message, signature });
    if (fault === 'failed but written') throw broken;
    return signature;
  };
  return {
    signatures,
    failNext: (fault) => void (planned = fault),
    sign,
    keys: () =>
      Promise.resolve([...keys.values()].map(({ keyId, purpose, suite, spki }) => ({ keyId, purpose, suite, spki }))),
    selfTest: () => Promise.resolve({ sm2Engine: engine.name, passed: engine.passed }),
    close: () => Promise.resolve(),
  };
}

function smallFiles(): SmallFiles {
  const inner = createMemoryFiles();
  let planned: Fault | undefined;
  return {
    get: (name) => inner.get(name),
    list: () => inner.list(),
    failNext: (fault) => void (planned = fault),
    async put(bytes) {
      const fault = planned;
      planned = undefined;
      if (fault === undefined) return inner.put(bytes);
      if (fault === 'failed but written') await inner.put(bytes);
      throw new TrustError('STORE_UNAVAILABLE', { en: `the files ${fault}`, zh: '存储失败' });
    },
  };
}

/** Two files in the quickest suite and one in SM2 cover every way through the code. */
export const P256: readonly RequestedRendition[] = [{ kind: 'pdf', suite: 'ECDSA-P256-SHA256' }];
export const ALL: readonly RequestedRendition[] = [
  { kind: 'pdf', suite: 'SM2-SM3' },
  { kind: 'pdf', suite: 'ECDSA-P256-SHA256' },
  { kind: 'sd-jwt', suite: 'SM2-SM3' },
];

/** Items of a residence certificate without a photo, which takes longest to draw. */
export const ITEMS: Readonly<Record<string, Json>> = {
  name: '苏和𬭎',
  sex: '男',
  citizenNumber: '999999199001010016',
  registeredAddress: '示例省示例市展示县样本乡青禾村3组',
  address: '示例省示例市青禾区样本街道展示社区2号楼1单元501室',
  residentSince: '2023-09-01',
  purpose: '子女入学报名',
};

/** A request that is granted; a test changes what it is about. */
export const request = (changes: Partial<IssueLicence> = {}): IssueLicence => ({
  caller,
  idempotencyKey: 'first',
  type: RESIDENCE,
  items: ITEMS,
  sample: true,
  renditions: P256,
  ...changes,
});

export const codeOf = (code: string) => expect.objectContaining({ code });

/** Everything that must hold whatever failed: see the architecture's invariants of issuing. */
export async function expectSound(world: SmallWorld): Promise<void> {
  const check = await checkJournal(world.documents, world.sequencer.verifier);
  expect(check.problems).toEqual([]);
  const licences = await world.documents.scan('licences', { limit: 1000 });
  expect(new Set(licences.map(({ doc }) => doc.typeAndNumber)).size).toBe(licences.length);
  for (const { intent } of world.keeper.signatures) {
    expect(await world.documents.get('intents', intent.id)).toBeDefined();
    expect(await world.sequencer.proofOf(`intent:${intent.id}`)).toMatchObject({ entry: `intent:${intent.id}` });
  }
}

export const filesOf = (world: SmallWorld, { renditions }: LicenceRecord): Promise<Uint8Array[]> =>
  Promise.all(renditions.map(async ({ file }) => (await world.files.get(file))!));

/** The text in the symbol on the face, without the address in front of it. */
export function codeOnFace(world: SmallWorld, licence: string, suite: 'SM2-SM3' | 'ECDSA-P256-SHA256'): string {
  const { message, signature } = world.keeper.signatures.findLast(
    ({ intent }) => intent.binding.kind === 'code' && intent.binding.licence === licence && intent.suite === suite,
  )!;
  return `${fromUtf8(message)}~${toBase64url(toJoseSignature(suiteById(suite), signature))}`;
}
