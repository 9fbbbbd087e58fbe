import type { ArchiveFinding } from './types.js';

/** Gathers what is wrong; nothing stops at the first fault. `W` codes warn, all others are errors. */
export class Findings<Code extends string> {
  readonly all: ArchiveFinding[] = [];

  constructor(private readonly words: Readonly<Record<Code, readonly [en: string, zh: string]>>) {}

  add(code: Code, path: string | null = null): void {
    // The same fault of the same place is said once, whichever inventory showed it.
    if (this.all.some((finding) => finding.code === code && finding.path === path)) return;
    const [en, zh] = this.words[code];
    this.all.push({ code, level: code.startsWith('W') ? 'warning' : 'error', path, en, zh });
  }

  get valid(): boolean {
    return this.all.every(({ level }) => level === 'warning');
  }
}
