import { beforeEach, describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { createMemoryDocuments } from '../../../src/adapters/storage/index.js';
import { utf8 } from '../../../src/core/encoding/index.js';
import { TrustError } from '../../../src/core/errors/index.js';
import {
  blindedLeaf,
  leafHash,
  tilePath,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyTlogProof,
} from '../../../src/core/journal/index.js';
import { checkJournal, openJournalReader, openSequencer } from '../../../src/operations/journal/index.js';
import type { JournalEntry, Sequencer } from '../../../src/operations/journal/index.js';
import type { Documents, Keeper } from '../../../src/ports/index.js';
import { faultyDocuments } from '../../support/faulty-documents.js';
import type { FaultyDocuments } from '../../support/faulty-documents.js';
import { journalKeeper } from '../../support/journal-keeper.js';
import { TEST_ORIGIN, ed25519LogKey, signNote, sm2LogKey, testLog, testLogKeys } from '../../support/journal-keys.js';

const entryOf = (name: string): JournalEntry => ({
  entry: `test:${name}`,
  blinding: hash('sha256', utf8(`blinding ${name}`)).slice(0, 16),
  content: utf8(`content ${name}`),
});
const entriesOf = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => entryOf(`${prefix}${i}`));
const leafOf = ({ blinding, content }: JournalEntry) => blindedLeaf(blinding, hash('sha256', content));
const code = (value: string) => expect.objectContaining({ code: value });
const open = (documents: Documents, keeper: Keeper = journalKeeper()) =>
  openSequencer({ documents, keeper }, { origin: TEST_ORIGIN });

/** The journal as the store has it is whole, has `size` leaves and no entry twice. */
async function expectWhole(documents: Documents, size: number): Promise<void> {
  const check = await checkJournal(documents, testLog);
  expect(check.problems).toEqual([]);
  expect(check.leaves).toBe(size);
}

let documents: FaultyDocuments;
let sequencer: Sequencer;
beforeEach(async () => {
  documents = faultyDocuments(createMemoryDocuments());
  sequencer = await open(documents);
});

describe('openSequencer', () => {
  it('begins an empty journal with a signed checkpoint', async () => {
    expect(await verifyCheckpoint(await sequencer.checkpoint(), sequencer.verifier)).toMatchObject({
      origin: TEST_ORIGIN,
      size: 0,
    });
    expect(sequencer.verifier).toEqual({
      origin: TEST_ORIGIN,
      keys: testLogKeys.map(({ name, suite, spki }) => ({ name, suite, spki })),
    });
    await expectWhole(documents, 0);
  });

  it('goes on where an earlier process stopped', async () => {
    await sequencer.append(entriesOf('a', 300));
    await sequencer.close();
    const again = await open(documents);
    const [leaf] = await again.append([entryOf('b')]);
    expect(leaf!.index).toBe(300);
    await again.close();
    await expectWhole(documents, 301);
  });

  it.each([255, 256, 257, 511, 512, 700])('finds the edge of the tiles again at %d leaves', async (size) => {
    await sequencer.append(entriesOf('a', size));
    const again = await open(documents);
    const leaves = await again.append(entriesOf('b', 3));
    for (const [i, leaf] of leaves.entries())
      expect(await verifyTlogProof({ proof: leaf.proof, leaf: leafOf(entryOf(`b${i}`)), log: testLog })).toMatchObject({
        index: size + i,
      });
    await again.close();
    await expectWhole(documents, size + 3);
  });

  it('applies what a crash between the head and the leaves left out', async () => {
    documents.failNext('insert', 'leaves', 'failed', 1000);
    documents.failNext('insert', 'tiles', 'failed', 1000);
    await sequencer.append(entriesOf('a', 260));
    expect(await documents.scan('leaves', { limit: 1 })).toEqual([]);
    expect((await checkJournal(documents, testLog)).unapplied).toBe(260);
    documents.failNext('insert', 'leaves', 'failed', 0);
    documents.failNext('insert', 'tiles', 'failed', 0);
    await open(documents);
    expect(await checkJournal(documents, testLog)).toMatchObject({ leaves: 260, unapplied: 0, tiles: 1, problems: [] });
    expect(await documents.get('tiles', '0/000')).toBeDefined();
  });

  it('refuses a keeper without both keys, or with two of one suite', async () => {
    const [ed, sm2] = [testLogKeys[0]!, testLogKeys[1]!];
    for (const keys of [[ed], [sm2], [ed, sm2, ed25519LogKey(TEST_ORIGIN, 'third')]])
      await expect(open(createMemoryDocuments(), journalKeeper(keys))).rejects.toThrow(code('JOURNAL_KEYS_MISSING'));
  });

  it('refuses a journal that other keys signed, or of another origin', async () => {
    const others = journalKeeper([ed25519LogKey(TEST_ORIGIN, 'x'), sm2LogKey(TEST_ORIGIN, 'y')]);
    await expect(open(documents, others)).rejects.toThrow(code('CHECKPOINT_SIGNATURE'));
    const elsewhere = openSequencer({ documents, keeper: journalKeeper() }, { origin: 'journal.example/other' });
    await expect(elsewhere).rejects.toThrow(code('CHECKPOINT_ORIGIN'));
  });

  it('refuses a head with an honest checkpoint of another size', async () => {
    const before = await sequencer.checkpoint();
    await sequencer.append(entriesOf('a', 3));
    await sequencer.close();
    const { doc, version } = (await documents.get('journal', 'head'))!;
    await documents.replace('journal', { ...doc, note: before }, version);
    await expect(open(documents)).rejects.toThrow(code('JOURNAL_DAMAGED'));
  });

  it('refuses a store whose leaves have no head, lack one or hold another', async () => {
    await sequencer.append(entriesOf('a', 3));
    await sequencer.append(entriesOf('b', 3));
    await sequencer.close();
    const leaves = await documents.scan('leaves', { limit: 10 });
    const head = (await documents.get('journal', 'head'))!.doc;

    const headless = createMemoryDocuments();
    await headless.insert('leaves', leaves[0]!.doc);
    await expect(open(headless)).rejects.toThrow(code('JOURNAL_DAMAGED'));

    const gap = createMemoryDocuments();
    await gap.insert('journal', head);
    await gap.insert('leaves', leaves[0]!.doc);
    await expect(open(gap)).rejects.toThrow(code('JOURNAL_DAMAGED'));

    const other = createMemoryDocuments();
    await other.insert('journal', head);
    for (const { doc } of leaves.slice(0, 3)) await other.insert('leaves', { ...doc, data: leaves[3]!.doc.data });
    await expect(open(other)).rejects.toThrow(code('JOURNAL_DAMAGED'));

    const overwritten = createMemoryDocuments();
    await overwritten.insert('journal', head);
    for (const { doc } of leaves.slice(0, 4))
      await overwritten.insert('leaves', doc.id.endsWith('3') ? { ...doc, content: 'x' } : doc);
    await expect(open(overwritten)).rejects.toThrow(code('JOURNAL_DAMAGED'));
  });

  it('refuses a store that lost a tile or holds a broken one', async () => {
    await sequencer.append(entriesOf('a', 600));
    await sequencer.append(entriesOf('b', 1));
    await sequencer.close();
    const tile = (await documents.get('tiles', '0/001'))!;
    await documents.replace('tiles', { ...tile.doc, data: tile.doc.data.slice(4) }, tile.version);
    await expect(open(documents)).rejects.toThrow(code('JOURNAL_DAMAGED'));
    const lost = createMemoryDocuments();
    await lost.insert('journal', (await documents.get('journal', 'head'))!.doc);
    for (const { doc } of await documents.scan('leaves', { limit: 1000 })) await lost.insert('leaves', doc);
    await expect(open(lost)).rejects.toThrow(code('JOURNAL_DAMAGED'));
  });

  it('lets two processes begin one journal', async () => {
    const shared = faultyDocuments(createMemoryDocuments());
    const both = await Promise.all([open(shared), open(shared)]);
    expect(await both[0].checkpoint()).toBe(await both[1].checkpoint());
    expect(shared.writes('insert', 'journal')).toBe(2);
  });
});

describe('append', () => {
  it('answers each entry with a proof that convinces a stranger', async () => {
    const entries = entriesOf('a', 5);
    const leaves = await sequencer.append(entries);
    expect(leaves.map(({ entry, index }) => [entry, index])).toEqual(entries.map(({ entry }, i) => [entry, i]));
    for (const [i, { proof }] of leaves.entries()) {
      const proved = await verifyTlogProof({ proof, leaf: leafOf(entries[i]!), log: testLog });
      expect(proved).toMatchObject({ index: i, checkpoint: { size: 5 } });
    }
    await sequencer.close();
    await expectWhole(documents, 5);
  });

  it('gathers all that arrive during a round into the next one', async () => {
    const calls = Array.from({ length: 50 }, (_, i) => sequencer.append(entriesOf(`call ${i} `, 4)));
    const answers = await Promise.all(calls);
    expect(documents.writes('replace', 'journal')).toBe(2);
    expect(
      answers
        .flat()
        .map(({ index }) => index)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 200 }, (_, i) => i));
    await sequencer.close();
    await expectWhole(documents, 200);
  });

  it('keeps the head document small by splitting what waits', async () => {
    const calls = Array.from({ length: 6 }, (_, i) => sequencer.append(entriesOf(`call ${i} `, 1000)));
    await Promise.all(calls);
    expect(documents.writes('replace', 'journal')).toBe(4);
    await sequencer.close();
    await expectWhole(documents, 6000);
  });

  it('never makes a second leaf of one entry: at once, in one call, later or after a restart', async () => {
    const entry = entryOf('once');
    const [[first], [second, third]] = await Promise.all([sequencer.append([entry]), sequencer.append([entry, entry])]);
    expect([first!.index, second!.index, third!.index]).toEqual([0, 0, 0]);
    await sequencer.append(entriesOf('between', 3));
    const writes = documents.writes('replace', 'journal');
    const [later] = await sequencer.append([{ ...entry, blinding: new Uint8Array(16) }]);
    expect(later!.index).toBe(0);
    expect(documents.writes('replace', 'journal')).toBe(writes);
    expect(await verifyTlogProof({ proof: later!.proof, leaf: leafOf(entry), log: testLog })).toMatchObject({
      checkpoint: { size: 4 },
    });
    const again = await open(documents);
    expect((await again.append([entry]))[0]!.index).toBe(0);
    await expectWhole(documents, 4);
  });

  it('refuses an entry whose content is another, adds nothing of that call, and serves the other callers', async () => {
    await sequencer.append([entryOf('a')]);
    const other = { ...entryOf('a'), content: utf8('another') };
    const refused = sequencer.append([entryOf('new'), other]);
    const served = sequencer.append([entryOf('b')]);
    const within = sequencer.append([entryOf('c'), { ...entryOf('c'), content: utf8('x') }]);
    await expect(refused).rejects.toThrow(code('JOURNAL_ENTRY_DIFFERS'));
    await expect(within).rejects.toThrow(code('JOURNAL_ENTRY_DIFFERS'));
    expect((await served)[0]!.index).toBe(1);
    await sequencer.close();
    await expectWhole(documents, 2);
  });

  it('answers nothing for nothing', async () => {
    expect(await sequencer.append([])).toEqual([]);
    expect(documents.writes('replace', 'journal')).toBe(0);
  });

  it('serves a caller that comes at the very moment a round ends', async () => {
    let next: Promise<unknown> | undefined;
    await sequencer.append([entryOf('a')]).then(() => (next = sequencer.append([entryOf('b')])));
    await next;
    for (let i = 0; i < 20; i++) {
      const ended = sequencer.append([entryOf(`x${i}`)]);
      for (let turn = 0; turn < i; turn++) await Promise.resolve();
      await Promise.all([ended, sequencer.append([entryOf(`y${i}`)])]);
    }
    await sequencer.close();
    await expectWhole(documents, 42);
  });

  it('shares the journal with another process: the loser of a race reloads and tries again', async () => {
    const other = await open(documents);
    await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        await Promise.all([
          sequencer.append([entryOf(`s${i}`), entryOf('both')]),
          other.append([entryOf(`o${i}`), entryOf('both')]),
        ]);
      }),
    );
    await Promise.all([sequencer.close(), other.close()]);
    await expectWhole(documents, 21);
    expect(documents.writes('replace', 'journal')).toBeGreaterThan(2);
  });

  it('gives up after losing again and again, and is well afterwards', async () => {
    const other = await open(documents);
    let round = 0;
    let isInside = false;
    documents.beforeWrite = async (write, collection) => {
      if (write !== 'replace' || collection !== 'journal' || isInside) return;
      isInside = true;
      await other.append([entryOf(`rival ${round++}`)]);
      isInside = false;
    };
    await expect(sequencer.append([entryOf('mine')])).rejects.toThrow(code('JOURNAL_BUSY'));
    expect(round).toBe(8);
    documents.beforeWrite = () => undefined;
    expect((await sequencer.append([entryOf('mine')]))[0]!.index).toBe(8);
    await Promise.all([sequencer.close(), other.close()]);
    await expectWhole(documents, 9);
  });

  it('stops when the store was set back to an earlier journal', async () => {
    await sequencer.append([entryOf('a')]);
    await sequencer.close();
    const { doc, version } = (await documents.get('journal', 'head'))!;
    const note = signNote((await (await open(createMemoryDocuments())).checkpoint()).split('\n\n')[0]! + '\n');
    await documents.replace(
      'journal',
      {
        ...doc,
        size: 0,
        root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        batch: [],
        frontier: [],
        note,
      },
      version,
    );
    await expect(sequencer.append([entryOf('b')])).rejects.toThrow(code('JOURNAL_DAMAGED'));
  });
});

describe('faults', () => {
  interface Row {
    readonly what: string;
    readonly arrange: (store: FaultyDocuments, keeper: { fail: boolean }) => void;
    /** Was the caller answered, and is the journal to be opened anew? */
    readonly answered: boolean;
    readonly fatal: boolean;
    /** Leaves of the call that the journal has in the end, of 300. */
    readonly kept: number;
  }
  const rows: readonly Row[] = [
    {
      what: 'the head fails',
      arrange: (s) => s.failNext('replace', 'journal', 'failed'),
      answered: false,
      fatal: true,
      kept: 0,
    },
    {
      what: 'the head fails but is written',
      arrange: (s) => s.failNext('replace', 'journal', 'failed but written'),
      answered: false,
      fatal: true,
      kept: 300,
    },
    {
      what: 'some leaves fail',
      arrange: (s) => s.failNext('insert', 'leaves', 'failed', 7),
      answered: true,
      fatal: false,
      kept: 300,
    },
    {
      what: 'some leaves fail but are written',
      arrange: (s) => s.failNext('insert', 'leaves', 'failed but written', 7),
      answered: true,
      fatal: false,
      kept: 300,
    },
    {
      what: 'a tile fails',
      arrange: (s) => s.failNext('insert', 'tiles', 'failed'),
      answered: true,
      fatal: false,
      kept: 300,
    },
    {
      what: 'a tile fails but is written',
      arrange: (s) => s.failNext('insert', 'tiles', 'failed but written'),
      answered: true,
      fatal: false,
      kept: 300,
    },
    { what: 'signing fails', arrange: (_, keeper) => (keeper.fail = true), answered: false, fatal: false, kept: 0 },
  ];

  it.each(rows)(
    'when $what: answered $answered, fatal $fatal, and the journal is whole',
    async ({ arrange, answered, fatal, kept }) => {
      const keeper = { ...journalKeeper(), fail: false };
      const sign = keeper.sign.bind(keeper);
      keeper.sign = (request) =>
        keeper.fail ? Promise.reject(new TrustError('KEY_REFUSED', { en: 'no', zh: '否' })) : sign(request);
      sequencer = await open(documents, keeper);
      await sequencer.append(entriesOf('before', 2));
      await sequencer.close();
      arrange(documents, keeper);

      const call = sequencer.append(entriesOf('a', 300)).then(
        () => true,
        () => false,
      );
      expect(await call).toBe(answered);
      keeper.fail = false;
      expect(sequencer.isAlive()).toBe(!fatal);

      // What was answered is there; what was not may be asked again, of this process or of the next, and is there once.
      const next = fatal ? await open(documents, keeper) : sequencer;
      if (fatal) await expect(sequencer.append([entryOf('late')])).rejects.toThrow(code('JOURNAL_STATE_UNKNOWN'));
      await sequencer.close();
      await expectWhole(documents, 2 + kept);
      const again = await next.append(entriesOf('a', 300));
      expect(again.map(({ index }) => index)).toEqual(Array.from({ length: 300 }, (_, i) => i + 2));
      expect((await next.append([entryOf('after')]))[0]!.index).toBe(302);
      await next.close();
      await expectWhole(documents, 303);
    },
  );

  it('while leaves cannot be written, the next callers are told so and nothing is lost', async () => {
    documents.failNext('insert', 'leaves', 'failed', 4);
    await sequencer.append(entriesOf('a', 2));
    await expect(sequencer.append([entryOf('b')])).rejects.toThrow(code('STORE_UNAVAILABLE'));
    expect(sequencer.isAlive()).toBe(true);
    expect((await sequencer.append([entryOf('b')]))[0]!.index).toBe(2);
    await sequencer.close();
    await expectWhole(documents, 3);
  });

  it('tells every caller that waits when the state is unknown', async () => {
    documents.failNext('replace', 'journal', 'failed but written');
    const calls = Array.from({ length: 3 }, (_, i) => sequencer.append([entryOf(`${i}`)]));
    for (const call of calls) await expect(call).rejects.toThrow(code('JOURNAL_STATE_UNKNOWN'));
  });

  it('says that the store failed when it could not even begin', async () => {
    const empty = faultyDocuments(createMemoryDocuments());
    empty.failNext('insert', 'journal', 'failed');
    await expect(open(empty)).rejects.toThrow(code('STORE_UNAVAILABLE'));
  });
});

describe('reading the journal', () => {
  const SIZE = 700;
  const entries = entriesOf('a', SIZE);
  beforeEach(async () => {
    await sequencer.append(entries.slice(0, 300));
    await sequencer.append(entries.slice(300));
  });

  it.each(['by the sequencer', 'from the store alone'])('proves leaves to a stranger, old and new, %s', async (how) => {
    const reader = how === 'by the sequencer' ? sequencer : openJournalReader(documents);
    for (const index of [0, 1, 255, 256, 299, 300, 511, 512, 699]) {
      const leaf = leafOf(entries[index]!);
      expect(await verifyTlogProof({ proof: await reader.proof(index), leaf, log: testLog })).toMatchObject({ index });
      expect(await reader.proofOf(entries[index]!.entry)).toMatchObject({ index, proof: await reader.proof(index) });
    }
    expect((await verifyCheckpoint(await reader.checkpoint(), testLog)).size).toBe(SIZE);
  });

  it('proves leaves in earlier trees and that nothing was rewritten since', async () => {
    const heads = new Map<number, { size: number; root: Uint8Array }>();
    for (const size of [1, 255, 256, 257, 300, 512, 699]) {
      const fresh = await open(createMemoryDocuments());
      await fresh.append(entries.slice(0, size));
      heads.set(size, await verifyCheckpoint(await fresh.checkpoint(), testLog));
    }
    heads.set(SIZE, await verifyCheckpoint(await sequencer.checkpoint(), testLog));
    for (const [from, head] of heads) {
      const proof = await sequencer.inclusion(from - 1, from);
      expect(verifyInclusion({ leafHash: leafHash(leafOf(entries[from - 1]!)), proof, head })).toBe(true);
      for (const [to, later] of heads)
        if (to >= from)
          expect(
            verifyConsistency({ from: head, to: later, hashes: (await sequencer.consistency(from, to)).hashes }),
          ).toBe(true);
    }
    expect((await sequencer.consistency(0, SIZE)).hashes).toEqual([]);
  });

  it('gives tiles of full and of partial width', async () => {
    const hashes = entries.map((entry) => leafHash(leafOf(entry)));
    const joined = (from: number, to: number) => Uint8Array.from(hashes.slice(from, to).flatMap((bytes) => [...bytes]));
    expect(await sequencer.tile({ level: 0, index: 1, width: 256 })).toEqual(joined(256, 512));
    expect(await sequencer.tile({ level: 0, index: 1, width: 44 })).toEqual(joined(256, 300));
    expect(await sequencer.tile({ level: 0, index: 2, width: 188 })).toEqual(joined(512, 700));
    expect(await sequencer.tile({ level: 1, index: 0, width: 2 })).toHaveLength(64);
    const stored = await documents.get('tiles', tilePath({ level: 0, index: 0, width: 256 }));
    expect(stored).toBeDefined();
  });

  it.each([
    ['tile', { level: 0, index: 2, width: 189 }],
    ['tile', { level: 0, index: 3, width: 1 }],
    ['tile', { level: 2, index: 0, width: 1 }],
    ['tile', { level: 0, index: 0, width: 0 }],
    ['tile', { level: 0, index: 0, width: 1.5 }],
    ['tile', { level: 0, index: -1, width: 1 }],
  ] as const)('has no %s %j', async (_, tile) => {
    await expect(sequencer.tile(tile)).rejects.toThrow(code('TREE_RANGE'));
  });

  it('has no checkpoint to show from a head that lost its note', async () => {
    const { doc, version } = (await documents.get('journal', 'head'))!;
    await documents.replace('journal', { ...doc, note: null }, version);
    await expect(openJournalReader(documents).checkpoint()).rejects.toThrow(code('JOURNAL_DAMAGED'));
    await expect(open(documents)).rejects.toThrow(code('NOTE_MALFORMED'));
  });

  it('refuses indexes and sizes outside the journal', async () => {
    for (const index of [SIZE, -1, 0.5, Number.NaN, 2 ** 53])
      await expect(sequencer.proof(index)).rejects.toThrow(code('TREE_RANGE'));
    await expect(sequencer.inclusion(0, SIZE + 1)).rejects.toThrow(code('TREE_RANGE'));
    await expect(sequencer.consistency(0, SIZE + 1)).rejects.toThrow(code('TREE_RANGE'));
    await expect(sequencer.consistency(5, 4)).rejects.toThrow(code('TREE_RANGE'));
    await expect(sequencer.proofOf('test:never')).rejects.toThrow(code('JOURNAL_ENTRY_NOT_FOUND'));
    await expect(openJournalReader(createMemoryDocuments()).checkpoint()).rejects.toThrow(
      code('JOURNAL_ENTRY_NOT_FOUND'),
    );
  });
});
