import type { Command } from './command.js';
import { archiveCheck, archiveExport } from './commands/archive.js';
import { backup, restore } from './commands/backup.js';
import { clientRegister, clientRotate } from './commands/client.js';
import { init } from './commands/init.js';
import { issue } from './commands/issue.js';
import { journalCheck, journalProof } from './commands/journal.js';
import { sealRenew } from './commands/seal.js';
import { serve } from './commands/serve.js';
import { resume, revoke, suspend } from './commands/state.js';
import { verify } from './commands/verify.js';

/** Every command, in the order of the overview. */
export const COMMANDS: readonly Command[] = [
  init,
  clientRegister,
  clientRotate,
  issue,
  suspend,
  resume,
  revoke,
  verify,
  serve,
  journalCheck,
  journalProof,
  archiveCheck,
  archiveExport,
  backup,
  restore,
  sealRenew,
];
