import { hash } from '#primitives';
import { ocflObject } from '../../core/archive/index.js';
import { canonicalJson, toHex, utf8 } from '../../core/encoding/index.js';
import { isTrustError, type Json } from '../../core/errors/index.js';
import { licenceMetadata } from '../../core/licence/index.js';
import type { LicenceEvent } from '../../core/licence/index.js';
import type { ArchiveRecord, Archives, Clock, Documents, Files, LicenceRecord, Templates } from '../../ports/index.js';
import { OperationError } from '../errors.js';
import { judgeFile, type JudgeWorld } from '../steps/judge-file.js';

export type FilingWorld = JudgeWorld & {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly files: Files;
  readonly archives: Archives;
  readonly templates: Templates;
};

const EXTENSIONS: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'application/dc+sd-jwt': 'sd-jwt' };

/**
 * Files one licence event as one archive item (件): the originals byte for byte, the metadata, the event, and what our
 * verification said of each original at that moment. Without paper, without anyone asking. Filing an event again finds it.
 */
export async function fileLicenceEvent(world: FilingWorld, record: LicenceRecord, event: LicenceEvent): Promise<void> {
  if (await world.documents.get('archives', event.id)) return;
  const originals = await Promise.all(
    record.renditions.map((rendition) => readOriginal(world.files, record, rendition)),
  );
  const reports = await Promise.all(
    originals.map(async ({ name, bytes }) => ({
      name,
      // As the registry stands now: a suspended licence is filed with a report that says so.
      report: await judgeFile(world, bytes, { policy: 'strict', registry: 'ask' }),
    })),
  );
  const type = world.templates.type(record.licence.typeCode, record.licence.typeVersion);
  const json = (value: unknown): Uint8Array => canonicalJson(value as Json);
  const objectId = `urn:uuid:${uuidOf(event.id)}`;
  const object = ocflObject({
    id: objectId,
    created: event.recordedAt,
    message: `${event.operation} ${record.id}`,
    user: { name: record.licence.issuer.name, address: `urn:credit-code:${record.licence.issuer.code}` },
    files: [
      ...originals.map(({ name, bytes }) => ({ logicalPath: `data/result/${name}`, bytes })),
      { logicalPath: 'data/procedure/event.json', bytes: json(event) },
      {
        logicalPath: 'metadata/licence.json',
        bytes: json({ licence: record.licence, commitment: record.commitment, states: record.states }),
      },
      { logicalPath: 'metadata/elements.json', bytes: json(type ? licenceMetadata(record.licence, type) : []) },
      ...reports.map(({ name, report }) => ({ logicalPath: `validation/${name}.report.json`, bytes: json(report) })),
    ],
  });
  const sha512 = await writeOnce(world.archives, object);
  const item: ArchiveRecord = {
    id: event.id,
    licence: record.id,
    eventId: event.id,
    objectId,
    path: object.objectPath,
    sha512,
    archivedAt: world.clock.now().toISOString(),
  };
  try {
    await world.documents.insert('archives', item);
  } catch (error) {
    // Someone else filed the event meanwhile, and wrote the same of the object on disk.
    if (!isTrustError(error) || error.code !== 'STORE_CONFLICT') throw error;
  }
}

async function readOriginal(
  files: Files,
  record: LicenceRecord,
  { kind, suite, mediaType, file }: LicenceRecord['renditions'][number],
) {
  const bytes = await files.get(file);
  if (!bytes)
    throw new OperationError(
      'RENDITION_NOT_FOUND',
      { en: 'a file of this licence is missing from the store', zh: '证照文件缺失' },
      { details: { licence: record.id, file } },
    );
  return { name: `${kind}-${suite.toLowerCase()}.${EXTENSIONS[mediaType] ?? 'bin'}`, bytes };
}

/** A crash may have left the object without its catalogue entry; then the one on disk stands. */
async function writeOnce(archives: Archives, object: ReturnType<typeof ocflObject>): Promise<string> {
  try {
    await archives.write(object.objectPath, object.files);
    return object.inventorySha512;
  } catch (error) {
    if (!isTrustError(error) || error.code !== 'ARCHIVE_EXISTS') throw error;
    const inventory = await archives.read(object.objectPath, 'inventory.json');
    if (!inventory) throw error;
    return toHex(hash('sha512', inventory));
  }
}

/** RFC 9562 version 8: a UUID drawn from the event, so that one event is one object. */
function uuidOf(eventId: string): string {
  const hex = toHex(hash('sha256', utf8(`archive/${eventId}`)));
  const variant = ((parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
