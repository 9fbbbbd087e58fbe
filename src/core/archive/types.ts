/** A file to be written, path relative to its object or bag. */
export interface PackedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file found, its bytes read when asked for. `other` is whatever is neither file nor link: a device, an empty folder. */
export interface FoundEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  readonly size: number;
  read(): Promise<Uint8Array>;
}

/** One thing that is wrong (`error`) or unwise (`warning`) about an object or a bag. */
export interface ArchiveFinding {
  /** For OCFL the code of its validation table (E001 … W016), for BagIt a word of our own. */
  readonly code: string;
  readonly level: 'error' | 'warning';
  /** Place inside the object or bag, where there is one. */
  readonly path: string | null;
  readonly en: string;
  readonly zh: string;
}
