import { describe, expect, it } from '@jest/globals';
import { jsonLog, silentLog } from '../../../src/adapters/observability/index.js';
import { TrustError } from '../../../src/core/errors/index.js';

const SECRET = '999999199001010016';

function logged(act: (log: ReturnType<typeof jsonLog>) => void, level?: 'info' | 'warn' | 'error') {
  const lines: string[] = [];
  act(jsonLog({ write: (line) => lines.push(line) }, level));
  return { lines, records: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('jsonLog', () => {
  it('writes one object a line: event, fields and time', () => {
    const { lines, records } = logged((log) => {
      log.info('licence.issued', { licence: 'a\nb', count: 2, ok: true, none: null });
      log.warn('store.slow');
    });
    expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(records).toEqual([
      {
        level: 30,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        event: 'licence.issued',
        licence: 'a\nb',
        count: 2,
        ok: true,
        none: null,
      },
      { level: 40, time: expect.any(String), event: 'store.slow' },
    ]);
  });

  it.each([
    ['info', 3],
    ['warn', 2],
    ['error', 1],
  ] as const)('is quiet below %s', (level, count) => {
    const { lines } = logged((log) => {
      log.info('a');
      log.warn('b');
      log.error('c');
    }, level);
    expect(lines).toHaveLength(count);
  });

  it('keeps the name of the event whatever the fields are called', () => {
    expect(logged((log) => log.info('licence.issued', { event: 'x' })).records[0]).toMatchObject({
      event: 'licence.issued',
    });
  });

  it('says of an unknown error its class, code and place, and never its message', () => {
    const cause = Object.assign(new RangeError(`bad value ${SECRET}`), { code: 'ERR_RANGE' });
    const { lines, records } = logged((log) => log.error('request.failed', { route: 'x' }, cause));
    expect(records[0]).toMatchObject({
      event: 'request.failed',
      route: 'x',
      cause: 'RangeError',
      causeCode: 'ERR_RANGE',
      stack: expect.arrayContaining([expect.stringContaining('json-log.test')]),
    });
    expect(lines[0]).not.toContain(SECRET);
  });

  it.each([
    ['of several lines', new Error(`a\n${SECRET}\nb`)],
    ['whose lines look like places', new Error(`a\n    at ${SECRET} (x:1:1)\n    at home`)],
    ['that was changed after it was made', Object.assign(new Error(`    at ${SECRET}`), { message: 'x' })],
    ['of an error inside another', new TrustError('X', { en: 'x', zh: 'x' }, { cause: new Error(SECRET) })],
    ['of a thrown text', SECRET],
    ['of a thrown object', { message: SECRET }],
    ['in a stack that is no text', Object.assign(new Error(SECRET), { stack: { text: SECRET } })],
    ['in a code that is no code', Object.assign(new Error('x'), { code: { value: SECRET } })],
    ['in a name', Object.assign(new Error('x'), { name: `Error ${SECRET}` })],
  ])('never writes the message %s', (_, cause) => {
    expect(logged((log) => log.error('failed', {}, cause)).lines[0]).not.toContain(SECRET);
  });

  it('says of a foreseen error its code and what is meant for the log alone', () => {
    const error = new TrustError(
      'STORE_UNAVAILABLE',
      { en: 'shown', zh: '显示' },
      { secret: { file: '/srv/x' }, cause: new TypeError('y') },
    );
    expect(logged((log) => log.error('failed', {}, error)).records[0]).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      secret: { file: '/srv/x' },
      cause: 'TypeError',
    });
  });

  it('has a silent brother', () => {
    expect([silentLog.info('a'), silentLog.warn('b'), silentLog.error('c')]).toEqual([undefined, undefined, undefined]);
  });
});
