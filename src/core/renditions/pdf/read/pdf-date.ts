/**
 * A date of ISO 32000-2 7.9.4, `D:YYYYMMDDHHmmSSOHH'mm'`, as RFC 3339 in UTC. Parts from the month on may be missing;
 * without an offset it is taken as UTC, since nothing better is known. Null for anything else.
 */
export function pdfDate(text: string | null): string | null {
  const parts = text === null || text.length > 32 ? null : PATTERN.exec(text);
  if (!parts) return null;
  const part = (index: number, absent: number) => Number(parts[index] ?? absent);
  const [year, month, day, hour, minute, second] = [
    part(1, 0),
    part(2, 1),
    part(3, 1),
    part(4, 0),
    part(5, 0),
    part(6, 0),
  ];
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(local);
  if (
    year < 1900 ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return null;
  const offset = (part(8, 0) * 60 + part(9, 0)) * 60_000;
  return new Date(parts[7] === '-' ? local + offset : local - offset).toISOString();
}

// Every group is of fixed width, so there is nothing to backtrack over.
const PATTERN =
  /^D:(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?)?)?(?:([Z+-])(?:(\d\d)'?(?:(\d\d)'?)?)?)?$/;
