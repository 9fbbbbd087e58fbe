import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryDocuments } from '../../../src/adapters/storage/index.js';
import { toBase64url } from '../../../src/core/encoding/index.js';
import type { LicenceEvent } from '../../../src/core/licence/index.js';
import type { Intent } from '../../../src/core/renditions/index.js';
import {
  JOURNAL_PROBLEMS,
  checkJournal,
  eventEntry,
  intentEntry,
  openSequencer,
} from '../../../src/operations/journal/index.js';
import type {
  CollectionName,
  Collections,
  Documents,
  IntentRecord,
  JournalHeadRecord,
  LeafRecord,
  LicenceRecord,
} from '../../../src/ports/index.js';
import { journalKeeper } from '../../support/journal-keeper.js';
import { TEST_ORIGIN, ed25519LogKey, signNote, testLog } from '../../support/journal-keys.js';

const salt = (n: number) => new Uint8Array(16).fill(n);

const intentOf = (n: number): Intent => ({
  id: `i${n}`,
  sealCode: '9999000000001',
  keyId: 'seal-sm2',
  suite: 'SM2-SM3',
  binding: {
    licence: 'L1',
    version: '001',
    kind: 'pdf',
    commitment: { sha256: '00', sm3: '00' },
    requiredSuites: ['SM2-SM3'],
  },
  salt: toBase64url(salt(n)),
  saltedDigest: 'ab',
  at: '2026-01-02T03:04:05.678Z',
});

const intentRecord = (n: number, outcome: IntentRecord['outcome'], leafIndex: number | null): IntentRecord => ({
  id: `i${n}`,
  intent: intentOf(n),
  licence: 'L1',
  outcome,
  isOpen: outcome === 'open' ? 1 : 0,
  leafIndex,
  signature: outcome === 'signed' ? 'AA==' : null,
});

const eventOf = (id: string): LicenceEvent => ({
  id,
  licence: 'L1',
  operation: 'issue',
  actor: 'client',
  reason: '',
  legalBasis: '',
  effectiveAt: '2026-01-02T03:04:05.678Z',
  recordedAt: '2026-01-02T03:04:05.678Z',
});

/** Only what the check reads; the rest of a licence has no bearing on the journal. */
const licenceRecord = {
  id: 'L1',
  typeAndNumber: 't/1',
  requestKey: 'c/1',
  issuerCode: 'd',
  phase: 'issued',
  renditions: [{ kind: 'pdf', suite: 'SM2-SM3', mediaType: 'application/pdf', file: 'f', bytes: 1, intentId: 'i0' }],
  events: [eventOf('e0'), eventOf('e1')],
  pending: [
    { id: 'w0', kind: 'archive', eventId: 'e0' },
    { id: 'w1', kind: 'journal-event', eventId: 'e1' },
  ],
  hasPending: 1,
  isReserved: 0,
} as unknown as LicenceRecord;

let honest: Documents;
let documents: Documents;

/** A journal of 600 leaves in two batches with two tiles: intents i0 (signed), i1 (unknown), event e0; i2 is open without leaf, e1 waits. */
beforeAll(async () => {
  const documents = createMemoryDocuments();
  const sequencer = await openSequencer({ documents, keeper: journalKeeper() }, { origin: TEST_ORIGIN });
  for (const record of [intentRecord(0, 'signed', 0), intentRecord(1, 'unknown', null), intentRecord(2, 'open', null)])
    await documents.insert('intents', record);
  await documents.insert('licences', licenceRecord);
  await sequencer.append([intentEntry(intentOf(0)), intentEntry(intentOf(1)), eventEntry(eventOf('e0'), salt(9))]);
  await sequencer.append(
    Array.from({ length: 597 }, (_, i) => ({ entry: `test:${i}`, blinding: salt(1), content: salt(2) })),
  );
  await sequencer.close();
  honest = documents;
});
beforeEach(async () => {
  documents = await copyOf(honest, () => false);
});

async function change<C extends CollectionName>(
  collection: C,
  id: string,
  with_: Partial<Collections[C]>,
): Promise<void> {
  const { doc, version } = (await documents.get(collection, id))!;
  await documents.replace(collection, { ...doc, ...with_ }, version);
}

async function copyOf(
  from: Documents,
  isLeftOut: (collection: CollectionName, id: string) => boolean,
): Promise<Documents> {
  const copy = createMemoryDocuments();
  for (const name of ['licences', 'intents', 'leaves', 'tiles', 'journal'] as const)
    for (const { doc } of await from.scan(name, { limit: 1000 }))
      if (!isLeftOut(name, doc.id)) await copy.insert(name, doc);
  return copy;
}

/** The same store without one document: the port has no delete. */
async function without(collection: CollectionName, id: string): Promise<void> {
  documents = await copyOf(documents, (name, each) => name === collection && each === id);
}

const found = async () =>
  (await checkJournal(documents, testLog)).problems.map(({ code, subject }) => `${code} ${subject}`.trim());
const leaf = (n: number) => String(n).padStart(16, '0');
const head = async () => (await documents.get('journal', 'head'))!.doc;
const zeros = toBase64url(new Uint8Array(32));

describe('checkJournal', () => {
  it('finds nothing in an honest store and counts what it saw', async () => {
    const before = await documents.digest();
    expect(await checkJournal(documents, testLog)).toEqual({
      leaves: 600,
      tiles: 2,
      unapplied: 0,
      intents: { open: 1, signed: 1, unknown: 1 },
      events: 2,
      waitingEvents: 1,
      problems: [],
    });
    expect(await documents.digest()).toBe(before);
  });

  it('finds nothing in an empty store', async () => {
    expect(await checkJournal(createMemoryDocuments(), testLog)).toMatchObject({ leaves: 0, problems: [] });
  });

  interface Row {
    readonly what: string;
    readonly harm: () => Promise<void>;
    readonly problems: readonly string[];
  }
  const rows: readonly Row[] = [
    {
      what: 'a leaf is changed',
      harm: () => change('leaves', leaf(5), { data: zeros }),
      problems: [
        'LEAF_DAMAGED 0000000000000005',
        'LEAF_DIFFERS_FROM_BATCH 0000000000000005',
        'ROOT_DIFFERS',
        'TILE_DIFFERS 0/000',
      ],
    },
    {
      what: 'an old leaf is changed with its content',
      harm: () => change('leaves', leaf(1), { data: zeros }),
      problems: ['FRONTIER_DIFFERS', 'LEAF_DAMAGED 0000000000000001', 'ROOT_DIFFERS', 'TILE_DIFFERS 0/000'],
    },
    {
      what: 'a blinding is lost',
      harm: () => change('leaves', leaf(2), { blinding: '' }),
      problems: ['LEAF_DAMAGED 0000000000000002'],
    },
    {
      what: 'a leaf is not base64',
      harm: () => change('leaves', leaf(2), { content: '*' }),
      problems: [
        'EVENT_LEAF_DIFFERS e0',
        'FRONTIER_DIFFERS',
        'LEAF_DAMAGED 0000000000000002',
        'ROOT_DIFFERS',
        'TILE_DIFFERS 0/000',
      ],
    },
    {
      what: 'an old leaf is lost',
      harm: () => without('leaves', leaf(2)),
      problems: ['EVENT_LEAF_MISSING e0', 'LEAF_MISSING 0000000000000002'],
    },
    {
      what: 'a leaf is behind the end',
      harm: async () => documents.insert('leaves', { ...(await leafOf(599)), id: leaf(600), entry: 'test:more' }),
      problems: ['LEAF_BEYOND_HEAD 0000000000000600'],
    },
    {
      what: 'a leaf has an odd name',
      harm: async () => documents.insert('leaves', { ...(await leafOf(599)), id: '7', entry: 'test:more' }),
      problems: ['LEAF_BEYOND_HEAD 7'],
    },
    {
      what: 'an entry stands twice',
      harm: () => changeBatch((batch) => [...batch.slice(0, -1), { ...batch.at(-1)!, entry: 'test:0' }]),
      problems: ['ENTRY_REPEATED test:0'],
    },
    {
      what: 'the head is lost',
      harm: () => without('journal', 'head'),
      problems: [
        'EVENT_LEAF_MISSING e0',
        'HEAD_MISSING',
        'INTENT_LEAF_MISSING i0',
        'TILE_UNEXPECTED 0/000',
        'TILE_UNEXPECTED 0/001',
      ],
    },
    {
      what: 'the root is changed',
      harm: () => change('journal', 'head', { root: '00'.repeat(32) }),
      problems: ['CHECKPOINT_DIFFERS', 'ROOT_DIFFERS'],
    },
    {
      what: 'the frontier is changed',
      harm: () => change('journal', 'head', { frontier: [] }),
      problems: ['FRONTIER_DIFFERS'],
    },
    {
      what: 'the note is lost',
      harm: () => change('journal', 'head', { note: null }),
      problems: ['CHECKPOINT_NOT_BELIEVED'],
    },
    {
      what: 'another key signed',
      harm: async () =>
        change('journal', 'head', {
          note: signNote((await head()).note!.split('\n\n')[0]! + '\n', [ed25519LogKey(TEST_ORIGIN, 'x')]),
        }),
      problems: ['CHECKPOINT_NOT_BELIEVED'],
    },
    {
      what: 'an honest checkpoint of another size stands there',
      harm: () =>
        change('journal', 'head', {
          note: signNote(`${TEST_ORIGIN}\n599\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`),
        }),
      problems: ['CHECKPOINT_DIFFERS'],
    },
    {
      what: 'a tile is changed',
      harm: () => change('tiles', '0/001', { data: 'AAAA' }),
      problems: ['TILE_DIFFERS 0/001'],
    },
    {
      what: 'a partial tile is stored',
      harm: () => documents.insert('tiles', { id: '0/002.p/88', data: '' }),
      problems: ['TILE_UNEXPECTED 0/002.p/88'],
    },
    {
      what: 'a tile has an odd name',
      harm: () => documents.insert('tiles', { id: '0/2', data: '' }),
      problems: ['TILE_UNEXPECTED 0/2'],
    },
    {
      what: 'there is a tile too many',
      harm: () => documents.insert('tiles', { id: '1/000', data: '' }),
      problems: ['TILE_UNEXPECTED 1/000'],
    },
    {
      what: 'an intent was changed after it was sequenced',
      harm: () => change('intents', 'i0', { intent: { ...intentOf(0), keyId: 'other' } }),
      problems: ['INTENT_LEAF_DIFFERS i0'],
    },
    {
      what: 'an intent names another leaf',
      harm: () => change('intents', 'i0', { leafIndex: 1 }),
      problems: ['INTENT_LEAF_DIFFERS i0'],
    },
    {
      what: 'an intent has another salt',
      harm: () => change('intents', 'i1', { intent: { ...intentOf(1), salt: '' } }),
      problems: ['INTENT_LEAF_DIFFERS i1'],
    },
    {
      what: 'an intent record holds the intent of another',
      harm: () => change('intents', 'i0', { intent: intentOf(1) }),
      problems: ['INTENT_LEAF_DIFFERS i0'],
    },
    {
      what: 'something was signed without a leaf',
      harm: () => documents.insert('intents', intentRecord(7, 'signed', null)),
      problems: ['INTENT_LEAF_MISSING i7'],
    },
    {
      what: 'an open intent names a leaf that is not its own',
      harm: () => change('intents', 'i2', { leafIndex: 4 }),
      problems: ['INTENT_LEAF_MISSING i2'],
    },
    {
      what: 'an intent is lost',
      harm: () => without('intents', 'i0'),
      problems: ['INTENT_RECORD_MISSING intent:i0', 'RENDITION_WITHOUT_INTENT L1'],
    },
    { what: 'a licence is lost', harm: () => without('licences', 'L1'), problems: ['EVENT_RECORD_MISSING event:e0'] },
    {
      what: 'an event was changed',
      harm: () => change('licences', 'L1', { events: [{ ...eventOf('e0'), actor: 'x' }, eventOf('e1')] }),
      problems: ['EVENT_LEAF_DIFFERS e0'],
    },
    {
      what: 'an event is done but has no leaf',
      harm: () => change('licences', 'L1', { pending: [] }),
      problems: ['EVENT_LEAF_MISSING e1'],
    },
    {
      what: 'a rendition has an intent that was not signed',
      harm: () => change('intents', 'i0', { outcome: 'unknown' }),
      problems: ['RENDITION_WITHOUT_INTENT L1'],
    },
  ];

  it.each(rows)('names it when $what', async ({ harm, problems }) => {
    await harm();
    expect((await found()).sort()).toEqual(problems);
  });

  it('names a tile of an earlier batch that is lost, and lets one of the newest batch be unwritten', async () => {
    await without('tiles', '0/001');
    expect(await found()).toEqual([]);
    const sequencer = await openSequencer({ documents, keeper: journalKeeper() }, { origin: TEST_ORIGIN });
    await sequencer.append([{ entry: 'test:last', blinding: salt(1), content: salt(2) }]);
    await sequencer.close();
    expect(await found()).toEqual([]);
    await without('tiles', '0/001');
    expect(await found()).toEqual(['TILE_MISSING 0/001']);
  });

  it('takes leaves of the newest batch from the head while they are not written', async () => {
    await without('leaves', leaf(599));
    await without('leaves', leaf(3));
    expect(await checkJournal(documents, testLog)).toMatchObject({ leaves: 600, unapplied: 2, problems: [] });
  });

  it('finds the leaf of an intent that stands in the head alone', async () => {
    const sequencer = await openSequencer({ documents, keeper: journalKeeper() }, { origin: TEST_ORIGIN });
    await sequencer.append([intentEntry(intentOf(2))]);
    await sequencer.close();
    await without('leaves', leaf(600));
    expect(await checkJournal(documents, testLog)).toMatchObject({ leaves: 601, unapplied: 1, problems: [] });
  });

  it('has a sentence in both languages for every problem', () => {
    for (const { en, zh } of Object.values(JOURNAL_PROBLEMS))
      expect([en, zh].every((words) => words.length > 3)).toBe(true);
  });

  const leafOf = async (index: number): Promise<LeafRecord> => (await documents.get('leaves', leaf(index)))!.doc;

  async function changeBatch(by: (batch: JournalHeadRecord['batch']) => JournalHeadRecord['batch']): Promise<void> {
    const { batch } = await head();
    await without('leaves', batch.at(-1)!.id);
    await change('journal', 'head', { batch: by(batch) });
  }
});
