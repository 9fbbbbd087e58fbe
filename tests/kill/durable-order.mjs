import { dirname } from 'node:path';
import { pathOf, stringsOf } from './strace-log.mjs';

const SYNCS = new Set(['fsync', 'fdatasync']);
const WRITES = new Set(['write', 'pwrite64', 'writev', 'pwritev']);
const RENAMES = new Set(['rename', 'renameat', 'renameat2']);
const CREATED = /HTTP\/1\.1 201 .*?Location: \/api\/v1\/licences\/([^\\]+)\\r/s;

/** A power cut may undo everything that was not synced. These are the calls by which it is known what was. */
export class Trace {
  constructor(calls, { filesFolder, walFile, signatureFile }) {
    const done = calls.filter(({ result }) => result >= 0);
    this.filesFolder = filesFolder;
    this.syncs = groupByPath(done.filter(({ name }) => SYNCS.has(name)));
    this.writes = groupByPath(done.filter(({ name }) => WRITES.has(name)));
    this.renames = done.filter(({ name }) => RENAMES.has(name)).map((call) => ({ ...call, paths: stringsOf(call) }));
    this.folders = done
      .filter(({ name }) => name.startsWith('mkdir'))
      .map((call) => ({ ...call, path: stringsOf(call)[0] }));
    this.walSyncs = this.syncs.get(walFile) ?? [];
    this.walWrites = this.writes.get(walFile) ?? [];
    this.signatures = this.writes.get(signatureFile) ?? [];
    this.answers = done
      .filter((call) => WRITES.has(call.name) || call.name.startsWith('send'))
      .map((call) => ({ ...call, identifier: CREATED.exec(call.text)?.[1] ?? null }))
      .filter(({ identifier }) => identifier !== null);
  }

  /** A sync of `path` that began after `from` and had returned before `until`. */
  synced(path, from, until) {
    return (this.syncs.get(path) ?? []).find(({ start, end }) => start > from && end < until);
  }
}

/** What is wrong with the order of calls in front of one 201: `digests` names the files that it answers for. */
export function answerProblems(trace, answer, digests) {
  const problems = [];
  const until = answer.start;
  const named = digests.map((digest) => fileProblems(trace, digest, until, problems));

  // The record that names the files comes after they are safe, and is safe itself before anyone hears of it.
  const afterFiles = Math.max(...named);
  for (const digest of digests) {
    const record = trace.walWrites.find((call) => call.end < until && mentions(call, digest));
    if (!record) problems.push(`no record that names ${digest} is written to the WAL`);
    else if (record.start < afterFiles)
      problems.push(`the record that names ${digest} is written before its file is safe`);
    else if (!syncedAfter(trace.walSyncs, record, until))
      problems.push(`the record that names ${digest} is not synced`);
  }
  const last = trace.walWrites.filter(({ start }) => start < until).at(-1);
  if (last && !syncedAfter(trace.walSyncs, last, until)) problems.push('the WAL has a write that is not synced');
  return problems;
}

/** Position from which the file is safe under its name; where it never is, from which it has the name. */
function fileProblems(trace, digest, until, problems) {
  const name = `${trace.filesFolder}/${digest.slice(0, 2)}/${digest}`;
  const rename = trace.renames.find(({ paths, end }) => paths[1] === name && end < until);
  if (!rename) {
    problems.push(`${digest} has no name`);
    return 0;
  }
  const written = trace.writes.get(rename.paths[0]) ?? [];
  const lastWrite = written.at(-1);
  if (!lastWrite) problems.push(`${digest} was not written`);
  else if (!trace.synced(rename.paths[0], lastWrite.end, rename.start))
    problems.push(`${digest} is not synced before it is named`);
  const folder = trace.synced(dirname(name), rename.end, until);
  if (!folder) problems.push(`the folder of ${digest} is not synced after it is named`);
  const made = trace.folders.find(({ path }) => path === dirname(name));
  if (made && !trace.synced(trace.filesFolder, made.end, until))
    problems.push(`the new folder of ${digest} is not synced in its own folder`);
  return folder?.end ?? rename.end;
}

/**
 * The `position`-th signature left the keeper: by then its intent was synced in two commits of the store at least, as a
 * record and then as a leaf of the journal's head.
 */
export function signatureProblems(trace, position, intentId) {
  const left = trace.signatures[position];
  if (!left) return [`signature ${position} was not seen`];
  const about = trace.walWrites.filter((call) => call.end < left.start && mentions(call, intentId));
  const commits = new Set(about.map((call) => syncedAfter(trace.walSyncs, call, left.start)?.start));
  commits.delete(undefined);
  return commits.size >= 2 ? [] : [`signature ${position}: its intent was synced ${commits.size} times before it left`];
}

const syncedAfter = (syncs, call, until) => syncs.find(({ start, end }) => start > call.end && end < until);

/** SQLite may cut a text at the end of a page, so that only one half of it stands in one piece. */
function mentions({ text }, word) {
  const half = word.length / 2;
  return text.includes(word.slice(0, half)) || text.includes(word.slice(half));
}

function groupByPath(calls) {
  const groups = new Map();
  for (const call of calls) {
    const path = pathOf(call);
    if (path !== null) groups.set(path, [...(groups.get(path) ?? []), call]);
  }
  return groups;
}
