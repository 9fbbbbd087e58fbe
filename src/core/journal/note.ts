import { concat, equalBytes, fromBase64, toBase64, utf8 } from '../encoding/index.js';
import { JournalError } from './errors.js';
import { noteKeyId } from './log-key.js';
import type { LogKey } from './types.js';

/** One signature line of a note: `— <name> base64(key id || signature)`. */
export interface NoteSignature {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Note {
  /** Text up to and including the newline before the blank line: what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

// Of C2SP signed-note: readers may limit the size but must take 16 signatures. A note comes from a stranger.
const MAX_NOTE_CHARACTERS = 65_536;
const MAX_SIGNATURES = 64;
const DASH = '\u2014 ';
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;
const KEY_NAME = /^[^\s\u0085+]+$/u;
const LINE = /^\u2014 ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** What a key signs: the text as UTF-8. Ed25519 and SM2 with SM3 alike take it as the message. */
export function noteSigningBytes(text: string): Uint8Array {
  requireText(text);
  return utf8(text);
}

/** `text` ends in a newline. Signatures stand in the given order. */
export function signedNote(text: string, signatures: readonly { key: LogKey; signature: Uint8Array }[]): string {
  requireText(text);
  const lines = signatures.map(({ key, signature }) => {
    if (!KEY_NAME.test(key.name)) throw malformedNote();
    return `${DASH}${key.name} ${toBase64(concat([noteKeyId(key), signature]))}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** C2SP signed-note. Nothing is verified here. NOTE_MALFORMED for everything that is not exactly a note. */
export function readNote(note: string): Note {
  if (note.length > MAX_NOTE_CHARACTERS) throw malformedNote();
  // The last blank line separates: the text may hold blank lines of its own.
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw malformedNote();
  const text = note.slice(0, split + 1);
  requireText(note);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformedNote();
  return { text, signatures: lines.map(signatureOfLine) };
}

/** The line that this key made, by name and key id. A second line of one key is refused: no honest log writes it. */
export function signatureBy(note: Note, key: LogKey): Uint8Array | undefined {
  const id = noteKeyId(key);
  const lines = note.signatures.filter((line) => line.name === key.name && equalBytes(line.keyId, id));
  if (lines.length > 1) throw malformedNote();
  return lines[0]?.signature;
}

function signatureOfLine(line: string): NoteSignature {
  const match = LINE.exec(line);
  if (!match || !KEY_NAME.test(match[1]!)) throw malformedNote();
  const bytes = base64(match[2]!);
  if (bytes.length < 5) throw malformedNote();
  return { name: match[1]!, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function base64(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw malformedNote(cause);
  }
}

function requireText(text: string): void {
  if (!text.endsWith('\n') || CONTROL.test(text) || !text.isWellFormed()) throw malformedNote();
}

function malformedNote(cause?: unknown): JournalError {
  return new JournalError(
    'NOTE_MALFORMED',
    { en: 'not a signed note', zh: '不是有效的签名便笺（signed note）' },
    { cause },
  );
}
