import {
  changeLicenceState,
  closeOpenIntents,
  getRendition,
  issueLicence,
  openSequencer,
  readLicence,
  registerClient,
  rotateClientKey,
  verifyDocument,
  verifyLicence,
  verifyLicenceCode,
  workPending,
} from './operations/index.js';
import type { JudgeWorld } from './operations/index.js';
import { fontFiles } from './adapters/fonts/index.js';
import { openKeeper } from './adapters/keys/index.js';
import { jsonLog } from './adapters/observability/index.js';
import { lockStore, openDiskArchives, openDiskFiles, openSqliteDocuments } from './adapters/storage/index.js';
import { systemClock, systemRandom } from './adapters/system/index.js';
import { openTemplates } from './adapters/templates/index.js';
import { CrlDirectory, TrustDirectory } from './adapters/trust/index.js';
import type { Settings } from './config/index.js';
import { TrustError } from './core/errors/index.js';
import type { LogVerifier } from './core/journal/index.js';
import type { Documents } from './ports/index.js';
import { openDocuments, places, readService } from './setup.js';

export type Service = Awaited<ReturnType<typeof openService>>;

/** Opens everything on real adapters: the only place that knows which. */
export async function openService(
  settings: Settings,
  passphrase: string,
  logTo: { write(line: string): void } = process.stderr,
) {
  const { journalOrigin } = await readService(settings.dataDirectory);
  const opened = new Opened();
  try {
    // One process issues and changes: a second one would take the first one's open intents for those of a dead process.
    const lock = lockStore(places(settings.dataDirectory).lock);
    opened.hold({ close: () => lock.release() });
    const service = await openLocked(settings, passphrase, journalOrigin, logTo, opened);
    return { ...service, close: () => opened.close() };
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
}

async function openLocked(
  settings: Settings,
  passphrase: string,
  journalOrigin: string,
  logTo: { write(line: string): void },
  opened: Opened,
) {
  const at = places(settings.dataDirectory);
  const log = jsonLog(logTo, settings.logLevel);
  const trustDirectory = new TrustDirectory(at.trust);
  const journal = journalOf(await trustDirectory.journals(), journalOrigin);
  const hold = <T extends Closable>(thing: T) => opened.hold(thing);
  const [documents, files, archives, templates, keeper] = await allEnded([
    openDocuments(settings).then(hold),
    openDiskFiles({ directory: at.files }),
    openDiskArchives({ directory: at.archive }),
    openTemplates(settings.templatesDirectory),
    openKeeper({ keystore: { directory: at.keys, passphrase }, journal }).then(hold),
  ]);
  const sequencer = hold(await openSequencer({ documents, keeper }, { origin: journalOrigin }));
  const fonts = fontFiles(settings.templatesDirectory);
  const world = {
    clock: systemClock,
    random: systemRandom,
    log,
    documents,
    files,
    archives,
    templates,
    fonts,
    keeper,
    sequencer,
    trust: trustDirectory,
    revocation: trustDirectory,
    registry: documents,
    publicUrl: settings.publicUrl,
  };
  await closeOpenIntents(world)();
  return {
    settings,
    world,
    issueLicence: issueLicence(world),
    changeLicenceState: changeLicenceState(world),
    readLicence: readLicence(world),
    getRendition: getRendition(world),
    verifyDocument: verifyDocument(world),
    verifyLicence: verifyLicence(world),
    verifyLicenceCode: verifyLicenceCode(world),
    registerClient: registerClient(world),
    rotateClientKey: rotateClientKey(world),
    workPending: workPending(world),
  };
}

interface Closable {
  close(): unknown;
}

/** What was opened: closed last first, each of them whatever happens to the others. */
class Opened {
  private readonly things: Closable[] = [];

  hold<T extends Closable>(thing: T): T {
    this.things.push(thing);
    return thing;
  }

  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const thing of this.things.splice(0).reverse())
      try {
        await thing.close();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }
}

/** As Promise.all, but when one has failed the others have ended too: nothing is opened behind our back. */
async function allEnded<T extends readonly unknown[]>(acts: { readonly [I in keyof T]: Promise<T[I]> }): Promise<T> {
  await Promise.allSettled(acts);
  return await Promise.all(acts);
}

/** What `verify` needs and no more: no keys, and a registry only if one is at hand. */
export function openVerifier(options: {
  readonly trustDirectory: string;
  readonly crlDirectory?: string;
  readonly templatesDirectory: string;
  readonly registry: Documents | null;
}): JudgeWorld {
  const trust = new TrustDirectory(options.trustDirectory);
  const revocation = options.crlDirectory === undefined ? trust : new CrlDirectory(options.crlDirectory);
  return {
    clock: systemClock,
    trust,
    revocation,
    registry: options.registry,
    fonts: fontFiles(options.templatesDirectory),
  };
}

/** Archive and registry without keys: may be opened beside a running service. */
export async function openArchive(settings: Settings) {
  const at = places(settings.dataDirectory);
  const archives = await openDiskArchives({ directory: at.archive });
  const documents = await openDocuments(settings);
  const verifier = openVerifier({
    trustDirectory: at.trust,
    templatesDirectory: settings.templatesDirectory,
    registry: documents,
  });
  return { ...verifier, random: systemRandom, documents, archives };
}

export const openStore = (file: string): Promise<Documents> => openSqliteDocuments({ file });

/** Store and journal keys, without the keeper: to check the journal from outside. */
export async function openJournalStore<T>(
  settings: Settings,
  act: (parts: { documents: Documents; journal: LogVerifier }) => Promise<T>,
): Promise<T> {
  const at = places(settings.dataDirectory);
  const { journalOrigin } = await readService(settings.dataDirectory);
  const journal = journalOf(await new TrustDirectory(at.trust).journals(), journalOrigin);
  return withStore(settings, (documents) => act({ documents, journal }));
}

export const openClients = <T>(
  settings: Settings,
  act: (clients: Pick<Service, 'registerClient' | 'rotateClientKey'>) => Promise<T>,
): Promise<T> =>
  withStore(settings, (documents) => {
    const world = { documents, clock: systemClock };
    return act({ registerClient: registerClient(world), rotateClientKey: rotateClientKey(world) });
  });

async function withStore<T>(settings: Settings, act: (documents: Documents) => Promise<T>): Promise<T> {
  const documents = await openDocuments(settings);
  try {
    return await act(documents);
  } finally {
    await documents.close();
  }
}

function journalOf(known: readonly LogVerifier[], origin: string): LogVerifier {
  const journal = known.find((one) => one.origin === origin);
  if (!journal)
    throw new TrustError('TRUST_MALFORMED', {
      en: 'the trust directory lacks the keys of our own journal',
      zh: '信任目录缺少本系统日志的公钥',
    });
  return journal;
}
