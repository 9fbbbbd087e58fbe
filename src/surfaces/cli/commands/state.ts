import { randomUUID } from 'node:crypto';
import { STATE_WORDS, stateAt } from '../../../core/licence/index.js';
import { EXIT, text, type Command } from '../command.js';
import { instantOf } from '../input.js';
import { UsageError } from '../usage-error.js';
import { operatorFor, withService } from '../with-service.js';

function stateCommand(operation: 'suspend' | 'resume' | 'revoke', summary: Command['summary']): Command {
  return {
    name: operation,
    usage: `${operation} IDENTIFIER --reason TEXT --basis TEXT [--at TIME] [--key IDEMPOTENCY-KEY] [--department CODE]`,
    summary,
    options: {
      reason: { type: 'string' },
      basis: { type: 'string' },
      at: { type: 'string' },
      key: { type: 'string' },
      department: { type: 'string' },
    },
    operands: 1,
    help: [
      '--reason TEXT      why',
      '--basis TEXT       legal basis',
      '--at TIME          when it takes effect (RFC 3339 with its zone); now when absent',
    ],
    async run(invocation) {
      const [identifier] = invocation.positionals;
      const [reason, legalBasis] = [text(invocation, 'reason'), text(invocation, 'basis')];
      if (identifier === undefined || reason === undefined || legalBasis === undefined)
        throw new UsageError('identifier, --reason and --basis are needed', '须给出证照标识、--reason 和 --basis');
      const at = text(invocation, 'at');
      const effectiveAt = at === undefined ? undefined : instantOf(at).toISOString();
      return withService(invocation.settings, async (service) => {
        const caller = await operatorFor(service.world, text(invocation, 'department'));
        const seen = await service.readLicence({ caller, identifier, purpose: null });
        const { record } = await service.changeLicenceState({
          caller,
          identifier,
          operation,
          idempotencyKey: text(invocation, 'key') ?? randomUUID(),
          expectedVersion: seen.record.events.length,
          reason,
          legalBasis,
          effectiveAt,
        });
        await service.workPending();
        const state = stateAt(
          { states: record.states, validUntil: record.licence.validUntil },
          service.world.clock.now(),
        );
        invocation.say(`${identifier}: ${STATE_WORDS[state][invocation.language]}`);
        invocation.answer({ identifier, state, states: record.states });
        return EXIT.accepted;
      });
    },
  };
}

export const suspend = stateCommand('suspend', { en: 'suspend a licence', zh: '暂扣证照' });
export const resume = stateCommand('resume', { en: 'give a suspended licence back', zh: '发还被暂扣的证照' });
export const revoke = stateCommand('revoke', { en: 'revoke a licence for good', zh: '吊销证照' });
