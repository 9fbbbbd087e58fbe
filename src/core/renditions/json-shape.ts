import type { Json, TrustError } from '../errors/index.js';

type Refuse = (what: string) => TrustError;

/** An object with exactly these members: one more would be data that nobody checks. */
export function asRecord(
  value: Json | undefined,
  members: readonly string[],
  refuse: Refuse,
): Readonly<Record<string, Json>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('object');
  const names = Object.keys(value);
  if (names.length !== members.length || !members.every((member) => Object.hasOwn(value, member)))
    throw refuse('members');
  return value as Readonly<Record<string, Json>>;
}

/** A string of 1 to `maxLength` UTF-16 units. */
export function asText(value: Json | undefined, maxLength: number, refuse: Refuse): string {
  if (typeof value !== 'string' || value === '' || value.length > maxLength) throw refuse('text');
  return value;
}

export function asList(value: Json | undefined, maxLength: number, refuse: Refuse): readonly Json[] {
  if (!Array.isArray(value) || value.length > maxLength) throw refuse('list');
  return value as readonly Json[];
}
