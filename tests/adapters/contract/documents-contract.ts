import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ArchiveRecord, Collections, IntentRecord, LeafRecord } from '../../../src/ports/collections.js';
import type { CollectionName, Documents } from '../../../src/ports/documents.js';

export interface DocumentsSubject {
  /** A new, empty store. */
  open(): Promise<Documents>;
  /** The same store again after `close`; undefined where nothing outlives the process. */
  reopen: (() => Promise<Documents>) | undefined;
  dispose(): Promise<void>;
}

export const archiveRecord = (id: string, more: Partial<ArchiveRecord> = {}): ArchiveRecord => ({
  id,
  licence: 'licence-1',
  eventId: `event-of-${id}`,
  objectId: `urn:uuid:${id}`,
  path: `aaa/bbb/ccc/${id}`,
  sha512: 'ab',
  archivedAt: '2026-11-20T08:00:00Z',
  ...more,
});

export const leafRecord = (index: number): LeafRecord => ({
  id: String(index).padStart(16, '0'),
  entry: `intent:${index}`,
  data: 'AA',
  blinding: 'AA',
  content: 'AA',
});

export const intentRecord = (id: string, isOpen: 0 | 1): IntentRecord => ({
  id,
  intent: {
    id,
    keyId: 'key-1',
    suite: 'sm2-sm3',
    licence: 'licence-1',
    saltedDigest: 'ab',
    salt: 'AA',
    kind: 'pdf',
  } as unknown as IntentRecord['intent'],
  licence: 'licence-1',
  outcome: isOpen ? 'open' : 'signed',
  isOpen,
  leafIndex: null,
  signature: null,
});

const conflictOn = (index: string) => ({ code: 'STORE_CONFLICT', more: { details: { index } } });

/** What every keeper of `Documents` must do; see the contract in `ports/documents.ts`. */
export function documentsContract(name: string, subject: () => DocumentsSubject): void {
  describe(`${name} as Documents`, () => {
    let store: DocumentsSubject;
    let documents: Documents;

    beforeEach(async () => {
      store = subject();
      documents = await store.open();
    });
    afterEach(async () => {
      await documents.close();
      await store.dispose();
    });

    describe('one document', () => {
      it('is read back as it was written, at version 1', async () => {
        await documents.insert('archives', archiveRecord('a'));
        expect(await documents.get('archives', 'a')).toEqual({ doc: archiveRecord('a'), version: 1 });
      });

      it('is undefined when there is none', async () => {
        expect(await documents.get('archives', 'a')).toBeUndefined();
      });

      it('keeps every kind of value', async () => {
        const values = {
          empty: '',
          nul: 'a\0b',
          hanzi: '㛃䶮𬭎',
          quote: `'"\\\n`,
          minus: -1.5e-7,
          yes: true,
          none: null,
          deep: [[], {}, [{ a: [1] }]],
        };
        const doc = { ...archiveRecord('a'), ...values };
        await documents.insert('archives', doc);
        expect((await documents.get('archives', 'a'))!.doc).toEqual(doc);
      });

      it('keeps a member named __proto__ as data', async () => {
        const doc = JSON.parse('{"__proto__":{"licence":"x"},"x":1}') as object;
        await documents.insert('archives', { ...archiveRecord('a'), ...({ odd: doc } as object) });
        const read = (await documents.get('archives', 'a'))!.doc as unknown as { odd: object };
        expect(JSON.stringify(read.odd)).toBe('{"__proto__":{"licence":"x"},"x":1}');
      });

      it('is the document of the moment of the call, whatever the caller does to it later', async () => {
        const doc = { ...archiveRecord('a') };
        const write = documents.insert('archives', doc);
        (doc as { licence: string }).licence = 'other';
        await write;
        const read = (await documents.get('archives', 'a'))!.doc;
        expect(read.licence).toBe('licence-1');
        (read as { licence: string }).licence = 'other';
        expect((await documents.get('archives', 'a'))!.doc.licence).toBe('licence-1');
      });

      it('is replaced at the version that was read and gets the next one', async () => {
        await documents.insert('archives', archiveRecord('a'));
        expect(await documents.replace('archives', archiveRecord('a', { sha512: '02' }), 1)).toBe(2);
        expect(await documents.replace('archives', archiveRecord('a', { sha512: '03' }), 2)).toBe(3);
        expect(await documents.get('archives', 'a')).toEqual({ doc: archiveRecord('a', { sha512: '03' }), version: 3 });
      });
    });

    describe('a conflict', () => {
      beforeEach(() => documents.insert('archives', archiveRecord('a')));

      it('is an insert under an id that exists', async () => {
        const digest = await documents.digest();
        await expect(documents.insert('archives', archiveRecord('a', { eventId: 'other' }))).rejects.toMatchObject(
          conflictOn('id'),
        );
        expect(await documents.digest()).toBe(digest);
      });

      it('is an insert with a value of a unique index that exists', async () => {
        const write = documents.insert('archives', archiveRecord('b', { eventId: 'event-of-a' }));
        await expect(write).rejects.toMatchObject(conflictOn('eventId'));
        expect(await documents.get('archives', 'b')).toBeUndefined();
      });

      it.each([2, 7])('is a replace at version %i of a document at version 1', async (version) => {
        const write = documents.replace('archives', archiveRecord('a', { sha512: '02' }), version);
        await expect(write).rejects.toMatchObject(conflictOn('version'));
        expect((await documents.get('archives', 'a'))!.version).toBe(1);
      });

      it('is a replace of a document that does not exist', async () => {
        await expect(documents.replace('archives', archiveRecord('b'), 1)).rejects.toMatchObject(conflictOn('version'));
      });

      it('is a replace that takes the unique value of another', async () => {
        await documents.insert('archives', archiveRecord('b'));
        const write = documents.replace('archives', archiveRecord('b', { eventId: 'event-of-a' }), 1);
        await expect(write).rejects.toMatchObject(conflictOn('eventId'));
        expect(await documents.get('archives', 'b')).toEqual({ doc: archiveRecord('b'), version: 1 });
      });

      it('is not a replace that keeps its own unique value, nor one that takes a value given up', async () => {
        await documents.replace('archives', archiveRecord('a', { sha512: '02' }), 1);
        await documents.replace('archives', archiveRecord('a', { eventId: 'new' }), 2);
        await documents.insert('archives', archiveRecord('b', { eventId: 'event-of-a' }));
        await expect(documents.insert('archives', archiveRecord('c', { eventId: 'new' }))).rejects.toMatchObject(
          conflictOn('eventId'),
        );
      });

      it('does not reach into another collection', async () => {
        await documents.insert('tiles', { id: 'a', data: '' });
        expect((await documents.get('tiles', 'a'))!.doc.data).toBe('');
      });
    });

    describe('writes under way together', () => {
      it('fail one by one, in the order of the calls', async () => {
        const results = await Promise.allSettled([
          documents.insert('archives', archiveRecord('a')),
          documents.insert('archives', archiveRecord('b', { eventId: 'event-of-a' })),
          documents.replace('archives', archiveRecord('a', { sha512: '02' }), 1),
          documents.replace('archives', archiveRecord('a', { sha512: '03' }), 1),
          documents.insert('archives', archiveRecord('c')),
        ]);
        expect(results.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
          'rejected',
          'fulfilled',
        ]);
        expect((await documents.get('archives', 'a'))!.doc.sha512).toBe('02');
        expect(await documents.get('archives', 'c')).toBeDefined();
      });

      it('let exactly one of many win at one version', async () => {
        await documents.insert('archives', archiveRecord('a'));
        const writes = Array.from({ length: 40 }, (_, i) =>
          documents.replace('archives', archiveRecord('a', { sha512: String(i) }), 1),
        );
        const won = (await Promise.allSettled(writes)).filter(({ status }) => status === 'fulfilled');
        expect(won).toEqual([{ status: 'fulfilled', value: 2 }]);
      });

      it('lose no increment of read-and-replace loops that run side by side', async () => {
        await documents.insert('archives', archiveRecord('a', { sha512: '0' }));
        const addOne = async (): Promise<void> => {
          for (;;) {
            const { doc, version } = (await documents.get('archives', 'a'))!;
            try {
              await documents.replace('archives', { ...doc, sha512: String(Number(doc.sha512) + 1) }, version);
              return;
            } catch (error) {
              expect(error).toMatchObject(conflictOn('version'));
            }
          }
        };
        await Promise.all(Array.from({ length: 12 }, addOne));
        expect(await documents.get('archives', 'a')).toMatchObject({ doc: { sha512: '12' }, version: 13 });
      });
    });

    describe('find', () => {
      beforeEach(async () => {
        for (const id of ['d', 'B', 'a', 'c']) await documents.insert('archives', archiveRecord(id));
        await documents.insert('archives', archiveRecord('x', { licence: 'licence-2' }));
        await documents.insert('intents', intentRecord('open', 1));
        await documents.insert('intents', intentRecord('done', 0));
      });
      const idsOf = async <C extends CollectionName>(
        collection: C,
        index: string,
        equals: string | number,
        more = {},
      ) => (await documents.find(collection, { index, equals, limit: 10, ...more })).map(({ doc }) => doc.id);

      it('answers by id in the order of bytes', async () => {
        expect(await idsOf('archives', 'licence', 'licence-1')).toEqual(['B', 'a', 'c', 'd']);
      });

      it('starts behind `after` and stops at the limit', async () => {
        expect(await idsOf('archives', 'licence', 'licence-1', { after: 'B', limit: 2 })).toEqual(['a', 'c']);
        expect(await idsOf('archives', 'licence', 'licence-1', { after: 'd' })).toEqual([]);
      });

      it('answers nothing for a value that is nowhere', async () => {
        expect(await idsOf('archives', 'licence', 'licence')).toEqual([]);
      });

      it('looks up unique values and numbers', async () => {
        expect(await idsOf('archives', 'eventId', 'event-of-c')).toEqual(['c']);
        expect(await idsOf('intents', 'isOpen', 1)).toEqual(['open']);
      });

      it('follows a replaced value', async () => {
        await documents.replace('intents', intentRecord('open', 0), 1);
        expect(await idsOf('intents', 'isOpen', 1)).toEqual([]);
        expect(await idsOf('intents', 'isOpen', 0)).toEqual(['done', 'open']);
      });

      it.each([
        ['an index that is not declared', { index: 'sha512', equals: 'ab', limit: 1 }],
        ['SQL as a name', { index: "licence = '' OR 1", equals: 'ab', limit: 1 }],
        ['a number for text', { index: 'licence', equals: 1, limit: 1 }],
        ['no limit', { index: 'licence', equals: 'x', limit: 0 }],
        ['a limit above 1,000', { index: 'licence', equals: 'x', limit: 1001 }],
      ])('refuses %s', async (_, query) => {
        await expect(documents.find('archives', query)).rejects.toThrow(TypeError);
      });
    });

    describe('scan', () => {
      it('gives every document once, by id, in pages', async () => {
        for (let i = 11; i >= 0; i--) await documents.insert('leaves', leafRecord(i));
        const seen: string[] = [];
        for (let after: string | undefined; ;) {
          const page = await documents.scan('leaves', { after, limit: 5 });
          seen.push(...page.map(({ doc }) => doc.entry));
          if (page.length < 5) break;
          after = page.at(-1)!.doc.id;
        }
        expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => `intent:${i}`));
      });

      it('refuses a page of no size', async () => {
        await expect(documents.scan('leaves', { limit: 0 })).rejects.toThrow(TypeError);
      });
    });

    describe('a value that would not come back the same', () => {
      it.each<[string, unknown]>([
        ['a Date', new Date(0)],
        ['undefined', undefined],
        ['NaN', NaN],
        ['infinity', -Infinity],
        ['a bigint', 1n],
        ['a function', () => 1],
        ['bytes', new Uint8Array(1)],
        ['a Map', new Map()],
        ['half a surrogate pair', '\ud800'],
        ['a hole in an array', Array(1)],
        ['a symbol member', { [Symbol('x')]: 1 }],
        ['a Date deep inside', { a: [{ b: new Date(0) }] }],
      ])('is refused: %s', async (_, odd) => {
        const doc = { ...archiveRecord('a'), odd } as unknown as ArchiveRecord;
        await expect(documents.insert('archives', doc)).rejects.toThrow(TypeError);
        expect(await documents.get('archives', 'a')).toBeUndefined();
        await documents.insert('archives', archiveRecord('a'));
        await expect(documents.replace('archives', doc, 1)).rejects.toThrow(TypeError);
      });

      it.each<[string, Partial<Record<keyof ArchiveRecord, unknown>>]>([
        ['no id', { id: undefined }],
        ['an empty id', { id: '' }],
        ['an id that is not ASCII', { id: '证照' }],
        ['an id that is a number', { id: 1 }],
        ['an index value that is null', { licence: null }],
        ['an index value that is a number', { licence: 1 }],
      ])('is refused: %s', async (_, more) => {
        const doc = { ...archiveRecord('a'), ...more } as unknown as ArchiveRecord;
        await expect(documents.insert('archives', doc)).rejects.toThrow(TypeError);
      });

      it('is a version that is none', async () => {
        await documents.insert('archives', archiveRecord('a'));
        for (const version of [0, 1.5, NaN])
          await expect(documents.replace('archives', archiveRecord('a'), version)).rejects.toThrow(TypeError);
      });
    });

    describe('digest', () => {
      const fill = async (into: Documents, docs: readonly Collections['archives'][]): Promise<string> => {
        for (const doc of docs) await into.insert('archives', doc);
        return into.digest();
      };

      it('does not depend on the order of writes nor of members', async () => {
        const empty = await documents.digest();
        const digest = await fill(documents, [archiveRecord('a'), archiveRecord('b')]);
        expect(digest).toMatch(/^[0-9a-f]{64}$/);
        expect(digest).not.toBe(empty);
        const other = subject();
        const documents2 = await other.open();
        const { id, ...rest } = archiveRecord('a');
        expect(await fill(documents2, [archiveRecord('b'), { ...rest, id }])).toBe(digest);
        await documents2.close();
        await other.dispose();
      });

      it('changes with a version', async () => {
        const digest = await fill(documents, [archiveRecord('a')]);
        await documents.replace('archives', archiveRecord('a'), 1);
        expect(await documents.digest()).not.toBe(digest);
      });
    });

    it('refuses everything once closed, and may be closed twice', async () => {
      await documents.close();
      await documents.close();
      await expect(documents.get('archives', 'a')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(documents.insert('archives', archiveRecord('a'))).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
      });
    });

    it('commits what was asked for before it was closed', async () => {
      const write = documents.insert('archives', archiveRecord('a'));
      await documents.close();
      await expect(write).resolves.toBeUndefined();
      if (!store.reopen) return;
      documents = await store.reopen();
      expect(await documents.get('archives', 'a')).toEqual({ doc: archiveRecord('a'), version: 1 });
    });

    it('is the same store when opened again', async () => {
      await documents.insert('archives', archiveRecord('a'));
      await documents.replace('archives', archiveRecord('a', { sha512: '02' }), 1);
      const digest = await documents.digest();
      if (!store.reopen) return;
      await documents.close();
      documents = await store.reopen();
      expect(await documents.digest()).toBe(digest);
      await expect(documents.insert('archives', archiveRecord('a'))).rejects.toMatchObject(conflictOn('id'));
    });
  });
}
