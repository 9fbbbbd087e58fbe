// One process that measures: takes { prepare | warm | run | close } by message, answers each.
import { measure } from './measure.mjs';

let subject;
const tasks = {
  async prepare({ module, options }) {
    const { prepare } = await import(`./subjects/${module}.mjs`);
    subject = await prepare(options);
    return { cases: Object.keys(subject.cases), facts: subject.facts };
  },
  async run({ name, seconds }) {
    const { act, inFlight } = subject.cases[name];
    return measure(act, { seconds, inFlight });
  },
  async close() {
    await subject?.close();
  },
};

process.on('message', async ({ task, ...rest }) => {
  try {
    process.send({ answer: await tasks[task](rest) });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit(1));
