/** Milliseconds since 1970 of an RFC 3339 instant in UTC (`2026-11-24T06:00:00.000Z`); undefined for any other text. */
export function instantMs(text: string): number | undefined {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?Z$/.test(text)) return undefined;
  const ms = Date.parse(text);
  // Engines differ on the 30th of February: only a day that comes back unchanged exists.
  return Number.isFinite(ms) && new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19) ? ms : undefined;
}
