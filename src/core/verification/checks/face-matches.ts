import type { Json } from '../../errors/index.js';
import { faceText } from '../../renditions/index.js';
import type { FaceEvidence } from '../evidence.js';
import type { DataFacts } from '../facts.js';
import { attempt } from '../inspect.js';

/** Facts on a face that the structured data does not hold; they say nothing about the licence. */
const NOT_DATA = new Set(['@verificationAddress']);

/**
 * Item paths whose text on the pages is not the value of the data. The runs of one item are joined in drawing order; an
 * item may be shown more than once. White space is left out: a line break may swallow it.
 */
export function faceMismatches(runs: FaceEvidence['runs'], data: DataFacts): readonly string[] {
  const shown = new Map<string, { text: string; format: string | null }>();
  for (const { path, text, format } of runs) shown.set(path, { text: (shown.get(path)?.text ?? '') + text, format });
  return [...shown]
    .filter(([path, { text, format }]) => !NOT_DATA.has(path) && !matches(text, format, valueAt(path, data)))
    .map(([path]) => path);
}

function matches(text: string, format: string | null, value: Json | undefined): boolean {
  if (value === undefined) return false;
  const expected = attempt(() => faceText(value, format === 'date' ? 'date' : 'text'));
  if (!expected.ok) return false;
  const [is, should] = [bare(text), bare(expected.value)];
  // A text that is the value n times over, n >= 1.
  return should === ''
    ? is === ''
    : is.length > 0 && is.length % should.length === 0 && should.repeat(is.length / should.length) === is;
}

const bare = (text: string): string => text.replace(/\s+/gu, '');

/** `ITEM`, or `ITEM/ROW/KEY` for a cell of a table, rows counted from 0; `@FACT` for what is no item. */
function valueAt(path: string, data: DataFacts): Json | undefined {
  if (path.startsWith('@')) return Object.hasOwn(data.facts, path) ? data.facts[path] : undefined;
  let value: Json | undefined = data.items;
  for (const step of path.split('/')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, Json>>)[step];
  }
  return value;
}
