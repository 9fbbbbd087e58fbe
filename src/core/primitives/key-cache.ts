/** Decoded public keys: decoding costs more than a check, and the few keys of a trust list come again and again. */
export class KeyCache<Key> {
  private readonly keys = new Map<string, Key>();

  /** `drop` frees what the oldest key holds when it must go. */
  constructor(
    private readonly limit: number,
    private readonly drop: (key: Key) => void = () => undefined,
  ) {}

  /** What `decode` throws is not kept. */
  get(name: string, decode: () => Key): Key {
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = decode();
    if (this.keys.size >= this.limit) {
      const [oldest, dropped] = this.keys.entries().next().value!;
      this.keys.delete(oldest);
      this.drop(dropped);
    }
    this.keys.set(name, key);
    return key;
  }
}
