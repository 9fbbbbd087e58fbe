const LINE = /^(\d+)\s+(.*)$/;
const CALL = /^(\w+)\((.*)\)\s+= (-?\d+)[^=]*$/s;
const UNFINISHED = / <unfinished \.\.\.>$/;
const RESUMED = /^<\.\.\. (\w+) resumed>(.*)$/s;

/**
 * Reads what `strace -f -y -o FILE` wrote. Answers system calls in the order of their beginning:
 * `{ thread, name, text, result, start, end }`. `start` and `end` are positions in the log, so `a.end < b.start` says that
 * a had returned before b was made: strace writes each line before it lets the thread go on.
 */
export function readStrace(log) {
  const calls = [];
  const begun = new Map();
  log.split('\n').forEach((line, position) => {
    const [, thread, rest] = LINE.exec(line) ?? [];
    if (thread === undefined) return;
    if (UNFINISHED.test(rest)) {
      begun.set(thread, { text: rest.replace(UNFINISHED, ''), position });
      return;
    }
    const resumed = RESUMED.exec(rest);
    const before = resumed && begun.get(thread);
    if (resumed && !before) return;
    const whole = before ? before.text + resumed[2] : rest;
    const [, name, text, result] = CALL.exec(whole) ?? [];
    if (name === undefined) return;
    calls.push({ thread, name, text, result: Number(result), start: before?.position ?? position, end: position });
  });
  return calls.sort((a, b) => a.start - b.start);
}

/** Path of a call's first descriptor, as `-y` shows it. */
export const pathOf = ({ text }) => /^\d+<([^>]*)>/.exec(text)?.[1] ?? null;

/** The strings among a call's arguments, without their quotes; bytes that are no ASCII stay escaped. */
export const stringsOf = ({ text }) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, string]) => string);
