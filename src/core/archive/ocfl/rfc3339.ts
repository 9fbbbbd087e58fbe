/** RFC 3339 date-time; OCFL asks for seconds and a zone (E049). */
const DATE_TIME =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export const isInstantWithZone = (text: string): boolean => DATE_TIME.test(text);
