import { describe, expect, it } from '@jest/globals';
import { Trace, answerProblems, signatureProblems } from './durable-order.mjs';
import { readStrace } from './strace-log.mjs';

const DIGEST = 'ab'.padEnd(64, '7');
const INTENT = '0123456789abcdef0123456789abcdef';
const WAL = '/d/store/yinxin.sqlite-wal';
const places = { filesFolder: '/d/files', walFile: WAL, signatureFile: '/d/signatures.log' };

/** The calls in front of one 201, in the right order, by name. */
const CALLS = {
  intent: `10 pwrite64(20<${WAL}>, "\\"id\\":\\"${INTENT}\\"", 4096, 32) = 4096`,
  syncIntent: `10 fdatasync(20<${WAL}>) = 0`,
  leaf: `10 pwrite64(20<${WAL}>, "intent:${INTENT}", 4096, 4160) = 4096`,
  syncLeaf: `10 fdatasync(20<${WAL}>) = 0`,
  signature: '12 write(30</d/signatures.log>, "{}", 2) = 2',
  makeFolder: '11 mkdir("/d/files/ab", 0777) = 0',
  syncFiles: '11 fsync(21</d/files>) = 0',
  write: '11 write(22</d/files/incoming/x>, "%PDF", 4) = 4',
  syncFile: '11 fsync(22</d/files/incoming/x>) = 0',
  rename: `11 rename("/d/files/incoming/x", "/d/files/ab/${DIGEST}") = 0`,
  syncFolder: '11 fsync(23</d/files/ab>) = 0',
  record: `10 pwrite64(20<${WAL}>, "\\"file\\":\\"${DIGEST}\\"", 4096, 8288) = 4096`,
  syncRecord: `10 fdatasync(20<${WAL}>) = 0`,
  answer:
    '10 writev(40<socket:[9]>, [{iov_base="HTTP/1.1 201 Created\\r\\nLocation: /api/v1/licences/1.2.O\\r\\n", iov_len=60}], 1) = 60',
};

const traceOf = (lines) => new Trace(readStrace(Object.values(lines).join('\n')), places);
const without = (name) => Object.fromEntries(Object.entries(CALLS).filter(([key]) => key !== name));

function moved(name, before) {
  const rest = Object.entries(without(name));
  rest.splice(
    rest.findIndex(([key]) => key === before),
    0,
    [name, CALLS[name]],
  );
  return Object.fromEntries(rest);
}

function problemsOf(lines) {
  const trace = traceOf(lines);
  return answerProblems(trace, trace.answers[0], [DIGEST]);
}

describe('the order of system calls in front of a 201', () => {
  it('is right when file, folder and WAL are synced before the answer', () => {
    expect(problemsOf(CALLS)).toEqual([]);
    expect(traceOf(CALLS).answers[0].identifier).toBe('1.2.O');
  });

  it.each([
    ['syncFile', 'is not synced before it is named'],
    ['syncFolder', 'is not synced after it is named'],
    ['syncFiles', 'is not synced in its own folder'],
    ['syncRecord', 'the record that names'],
    ['record', 'no record that names'],
    ['rename', 'has no name'],
    ['write', 'was not written'],
  ])('is wrong without %s', (name, words) => {
    expect(problemsOf(without(name)).join()).toContain(words);
  });

  it.each([
    ['answer', 'syncRecord', 'not synced'],
    ['record', 'syncFolder', 'before its file is safe'],
    ['syncFile', 'write', 'is not synced before it is named'],
    ['syncFolder', 'rename', 'is not synced after it is named'],
  ])('is wrong when %s comes before %s', (name, before, words) => {
    expect(problemsOf(moved(name, before)).join()).toContain(words);
  });

  it('counts a sync from its return, not from its call', () => {
    const { answer, ...calls } = without('syncRecord');
    const open = {
      begun: `10 fdatasync(20<${WAL}> <unfinished ...>`,
      answer: answer.replace('10', '13'),
      ended: '10 <... fdatasync resumed>) = 0',
    };
    expect(problemsOf({ ...calls, ...open }).join()).toContain('not synced');
    expect(problemsOf({ ...calls, begun: open.begun, ended: open.ended, answer })).toEqual([]);
  });

  it('does not count a sync that failed', () => {
    expect(
      problemsOf({ ...CALLS, syncFile: CALLS.syncFile.replace('= 0', '= -1 EIO (Input/output error)') }),
    ).not.toEqual([]);
  });
});

describe('the order of system calls in front of a signature', () => {
  it('is right when intent and leaf were synced in a commit each', () => {
    expect(signatureProblems(traceOf(CALLS), 0, INTENT)).toEqual([]);
  });

  it.each(['syncLeaf', 'leaf', 'intent'])('is wrong without %s', (name) => {
    expect(signatureProblems(traceOf(without(name)), 0, INTENT)).toHaveLength(1);
  });

  it('is wrong when the signature was not seen', () => {
    expect(signatureProblems(traceOf(CALLS), 1, INTENT)).toEqual(['signature 1 was not seen']);
  });
});
