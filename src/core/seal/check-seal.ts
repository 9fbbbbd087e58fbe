import type { Words } from '../errors/index.js';
import { fromBase64, instantMs } from '../encoding/index.js';
import { allSuites } from '../crypto/index.js';
import type { Seal, SealKey } from './types.js';
import { checkPicture } from './picture.js';

/** One wrong field of a seal record; `field` is a JSON Pointer into it. */
export interface SealProblem {
  readonly field: string;
  readonly words: Words;
}

interface Interval {
  readonly from: string;
  readonly until: string | null;
}

/**
 * Everything that is wrong with a seal record when it is made. Certificates are looked at for their form only: whom
 * they name and who vouches for them is judged with `core/pki`.
 *
 * Code rule: 14 digits, the first six a region and the other eight a serial (印章编码; the standard was not available,
 * unverified).
 */
export function checkSeal(seal: Seal): readonly SealProblem[] {
  const problems: SealProblem[] = [];
  const wrong = (field: string, en: string, zh: string) => problems.push({ field, words: { en, zh } });

  if (!/^[1-9][0-9]{13}$/.test(seal.code))
    wrong('/code', 'a seal code is 14 digits: region and serial', '印章编码应为14位数字：6位区划加8位顺序号');
  for (const field of ['name', 'role'] as const)
    if (seal[field].trim() === '') wrong(`/${field}`, 'is empty', '不能为空');
  for (const field of ['name', 'code'] as const)
    if (seal.owner[field].trim() === '') wrong(`/owner/${field}`, 'is empty', '不能为空');
  if (seal.picture.code !== null && seal.picture.code !== seal.code)
    wrong('/picture/code', 'the picture shows another code than the seal has', '印模上的编码与印章编码不一致');

  if (seal.states[0]?.state !== 'in-use') wrong('/states', 'a seal begins in use', '印章应始于启用状态');
  seal.states.forEach((interval, i) => {
    const previous = seal.states[i - 1];
    if (!isInterval(interval) || (previous !== undefined && previous.until !== interval.from))
      wrong(`/states/${i}`, 'intervals of state must touch and be in order', '状态区间须首尾相接、依次排列');
  });
  if (seal.keys.length === 0) wrong('/keys', 'a seal has at least one key', '印章至少应有一个密钥');
  return [
    ...problems,
    ...checkPicture(seal.picture),
    ...checkKeys('/keys', seal.keys),
    ...checkKeys('/dataKeys', seal.dataKeys),
    ...checkSharing(seal),
  ];
}

function* checkKeys(path: string, keys: readonly SealKey[]): Generator<SealProblem> {
  for (const [i, key] of keys.entries()) {
    if (!allSuites().some(({ id }) => id === key.suite))
      yield problem(`${path}/${i}/suite`, 'unknown suite', '未知的算法套件');
    if (!isInterval(key))
      yield problem(
        `${path}/${i}`,
        'the period of the key is not an interval of instants',
        '密钥使用期不是有效的时间区间',
      );
    if (key.certificates.length === 0 || !key.certificates.every(isDerSequence))
      yield problem(`${path}/${i}/certificates`, 'not certificates as base64 of DER', '不是以 base64 表示的 DER 证书');
    // Two keys at once would leave it to chance which one signs.
    if (keys.slice(0, i).some((other) => other.suite === key.suite && overlap(other, key)))
      yield problem(`${path}/${i}`, 'overlaps with another key of the suite', '与同一套件的其他密钥使用期重叠');
  }
}

/** One key must not serve two protocols, nor stand in the record twice. */
function* checkSharing({ keys, dataKeys }: Seal): Generator<SealProblem> {
  const ids = [...keys, ...dataKeys].map(({ keyId }) => keyId);
  if (new Set(ids).size !== ids.length)
    yield problem('/keys', 'a key appears twice in the seal', '同一密钥在印章中重复出现');
}

function isInterval({ from, until }: Interval): boolean {
  const start = instantMs(from);
  const end = until === null ? Infinity : instantMs(until);
  return start !== undefined && end !== undefined && start <= end;
}

function overlap(a: Interval, b: Interval): boolean {
  const end = ({ until }: Interval) => (until === null ? Infinity : instantMs(until)!);
  return instantMs(a.from)! < end(b) && instantMs(b.from)! < end(a);
}

function isDerSequence(text: string): boolean {
  try {
    return fromBase64(text)[0] === 0x30;
  } catch {
    return false;
  }
}

const problem = (field: string, en: string, zh: string): SealProblem => ({ field, words: { en, zh } });
