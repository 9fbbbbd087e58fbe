import { concat, utf8 } from '../../../encoding/index.js';

/** Objects written one after the other, with the offset of each. Starts after what `before` holds, if given. */
export class ObjectWriter {
  private readonly chunks: Uint8Array[] = [];
  private readonly offsets: number[];
  private at: number;

  constructor(before?: { readonly bytes: Uint8Array; readonly offsets: readonly number[] }) {
    this.offsets = before ? [...before.offsets] : [];
    this.at = 0;
    if (before) this.push(before.bytes);
  }

  get length(): number {
    return this.at;
  }

  /** Texts are ASCII. */
  push(data: Uint8Array | string): void {
    const bytes = typeof data === 'string' ? utf8(data) : data;
    this.chunks.push(bytes);
    this.at += bytes.length;
  }

  /** Takes a number for an object that is written later. */
  reserve(): number {
    return this.offsets.push(-1);
  }

  /** Writes `body` under a reserved or a new number, which it answers. */
  object(body: string, number = this.reserve()): number {
    this.offsets[number - 1] = this.at;
    this.push(`${number} 0 obj\n${body}\nendobj\n`);
    return number;
  }

  /** `entries` are those of the stream dictionary besides `/Length`. */
  stream(entries: string, data: Uint8Array, number = this.reserve()): number {
    this.offsets[number - 1] = this.at;
    this.push(`${number} 0 obj\n<<${entries}/Length ${data.length}>>\nstream\n`);
    this.push(data);
    this.push('\nendstream\nendobj\n');
    return number;
  }

  /** Classic cross-reference table, ISO 32000-1 7.5.4: entries of exactly 20 bytes. */
  finish(trailer: string): void {
    const start = this.at;
    const entries = this.offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    const size = this.offsets.length + 1;
    this.push(
      `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}trailer\n<</Size ${size}${trailer}>>\nstartxref\n${start}\n%%EOF\n`,
    );
  }

  toBytes(): Uint8Array {
    return concat(this.chunks);
  }

  /** What another writer may start after. */
  snapshot(): { bytes: Uint8Array; offsets: readonly number[] } {
    return { bytes: this.toBytes(), offsets: [...this.offsets] };
  }
}
