import { checkJournal, openJournalReader } from '../../../operations/index.js';
import { openJournalStore } from '../../../wiring.js';
import { EXIT, type Command } from '../command.js';
import { UsageError } from '../usage-error.js';

export const journalCheck: Command = {
  name: 'journal check',
  usage: 'journal check',
  summary: { en: 're-verify the whole journal from the store alone', zh: '仅凭存储重新核验全部日志' },
  options: {},
  help: [
    'Recomputes every leaf and tile, the root, the signatures of the checkpoint, and that each intent and event is there once.',
  ],
  run: (invocation) =>
    openJournalStore(invocation.settings, async ({ documents, journal }) => {
      const check = await checkJournal(documents, journal);
      invocation.answer(check);
      invocation.say(JSON.stringify(check, null, 2));
      return check.problems.length === 0 ? EXIT.accepted : EXIT.refused;
    }),
};

export const journalProof: Command = {
  name: 'journal proof',
  usage: 'journal proof INDEX',
  summary: { en: 'print the inclusion proof of a leaf', zh: '输出某一条目的包含证明' },
  options: {},
  operands: 1,
  help: ['C2SP tlog-proof, against the newest checkpoint.'],
  run: (invocation) =>
    openJournalStore(invocation.settings, async ({ documents }) => {
      const [word = ''] = invocation.positionals;
      if (!/^[0-9]{1,15}$/.test(word)) throw new UsageError('name the index of a leaf', '请给出条目序号');
      const index = Number(word);
      const proof = await openJournalReader(documents).proof(index);
      invocation.say(proof);
      invocation.answer({ index, proof });
      return EXIT.accepted;
    }),
};
