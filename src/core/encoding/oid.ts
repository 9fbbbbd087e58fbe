import { EncodingError } from './errors.js';

/** Dotted decimal object identifier, for example `1.2.156.10197.1.501`. */
export type Oid = string;

/** X.690 8.19: contents octets of an OBJECT IDENTIFIER. */
export function oidToBytes(oid: Oid): Uint8Array {
  if (!/^[0-2](\.(0|[1-9][0-9]*)){1,127}$/.test(oid)) throw malformed();
  const arcs = oid.split('.').map(BigInt);
  const first = arcs[0]!;
  const second = arcs[1]!;
  if (first < 2n && second > 39n) throw malformed();
  const out: number[] = [];
  for (const arc of [first * 40n + second, ...arcs.slice(2)]) {
    const septets = [Number(arc & 127n)];
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) septets.unshift(Number(rest & 127n) | 128);
    out.push(...septets);
  }
  return Uint8Array.from(out);
}

/** Refuses padding septets (X.690 8.19.2) and an arc that does not end. Arcs may be of 128 bits (2.25 UUID arcs). */
export function oidFromBytes(bytes: Uint8Array): Oid {
  if (bytes.length === 0 || bytes[bytes.length - 1]! >= 128) throw malformed();
  let out = '';
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === 128) throw malformed();
    const start = at;
    let arc = 0;
    while (bytes[at]! >= 128) arc = arc * 128 + (bytes[at++]! & 127);
    arc = arc * 128 + bytes[at++]!;
    // Seven septets fit a number exactly; longer arcs are rare and counted in BigInt.
    const exact = at - start <= 7 ? arc : longArc(bytes.subarray(start, at));
    out += out === '' ? headOf(exact) : `.${exact}`;
  }
  return out;
}

function longArc(septets: Uint8Array): bigint {
  if (septets.length > 20) throw malformed();
  let arc = 0n;
  for (const septet of septets) arc = (arc << 7n) | BigInt(septet & 127);
  return arc;
}

function headOf(arc: number | bigint): string {
  if (typeof arc === 'bigint') return `2.${arc - 80n}`;
  if (arc < 40) return `0.${arc}`;
  return arc < 80 ? `1.${arc - 40}` : `2.${arc - 80}`;
}

function malformed(): EncodingError {
  return new EncodingError('OID_MALFORMED', { en: 'malformed object identifier', zh: '对象标识符格式错误' });
}
