import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPassphrase, type Settings } from './config/index.js';
import { stateAt } from './core/licence/index.js';
import { SERVICE_KEYS } from './adapters/keys/index.js';
import { exportArchive, getArchiveItem, listArchiveItems } from './operations/index.js';
import { startSchedule } from './schedule.js';
import { openServer } from './surfaces/http/index.js';
import type { HttpWorld, ReadinessCause } from './surfaces/http/index.js';
import { places } from './setup.js';
import { openService, type Service } from './wiring.js';

/** Pause between two looks for pending journal leaves and archive items. */
const PENDING_MS = 500;

export interface RunningService {
  /** Where it listens. */
  readonly url: string;
  /** Takes no new requests, ends those under way, and closes the store. */
  close(): Promise<void>;
}

export async function startService(settings: Settings): Promise<RunningService> {
  const service = await openService(settings, readPassphrase(settings));
  const server = openServer(await httpWorldOf(service));
  const stopSchedule = startSchedule(
    [{ name: 'pending', everyMs: PENDING_MS, run: service.workPending }],
    service.world.log,
  );
  const { sm2Engine } = await service.world.keeper.selfTest();
  const at = await server.listen();
  const url = `${settings.tls ? 'https' : 'http'}://${at.host}:${at.port}`;
  service.world.log.info('service.listening', { url, sm2Engine });
  return {
    url,
    async close() {
      await server.close();
      await stopSchedule();
      await service.close();
    },
  };
}

async function httpWorldOf(service: Service): Promise<HttpWorld> {
  const { world, settings } = service;
  const token = (await world.keeper.keys()).find(({ keyId }) => keyId === SERVICE_KEYS.token)!;
  return {
    settings,
    contract: await readFile(fileURLToPath(new URL('../api-spec/openapi.yaml', import.meta.url)), 'utf8'),
    clock: world.clock,
    random: world.random,
    log: world.log,
    templates: world.templates,
    client: async (id) => (await world.documents.get('clients', id))?.doc,
    token: {
      spki: token.spki,
      sign: (message) => world.keeper.sign({ purpose: 'token', keyId: token.keyId, message }),
    },
    issueLicence: service.issueLicence,
    changeLicenceState: service.changeLicenceState,
    readLicence: service.readLicence,
    getRendition: service.getRendition,
    stateOf: (record) => stateAt({ states: record.states, validUntil: record.licence.validUntil }, world.clock.now()),
    verifyDocument: (command) => service.verifyDocument({ ...command, askRegistry: true }),
    verifyLicence: service.verifyLicence,
    verifyLicenceCode: service.verifyLicenceCode,
    journal: world.sequencer,
    revocationList: async (name) =>
      readFile(join(places(settings.dataDirectory).trust, 'crls', name)).then(
        (bytes) => new Uint8Array(bytes),
        () => undefined,
      ),
    listArchiveItems: listArchiveItems(world),
    getArchiveItem: getArchiveItem(world),
    exportArchive: exportArchive(world),
    readiness: () => readinessOf(service),
  };
}

/** Each part is asked for something that it can only answer when it works. */
async function readinessOf({ world }: Service): Promise<readonly ReadinessCause[]> {
  const causes: ReadinessCause[] = [];
  const ask = async (part: string, works: () => Promise<boolean>) => {
    if (!(await works().catch(() => false))) causes.push({ part, detail: 'does not answer' });
  };
  await ask('store', async () => (await world.documents.get('journal', 'head')) !== undefined);
  await ask('journal', () => Promise.resolve(world.sequencer.isAlive()));
  await ask('keeper', async () => (await world.keeper.selfTest()).passed);
  await ask('trust', async () => (await world.trust.anchors()).length > 0);
  return causes;
}
