import { issueSample, openSampleService } from './service.mjs';

const pdf = (suite) => ({ kind: 'pdf', suite });
const WANTED = {
  'pdf SM2': [pdf('SM2-SM3')],
  'pdf P-256': [pdf('ECDSA-P256-SHA256')],
  'pdf + structured SM2': [pdf('SM2-SM3'), { kind: 'sd-jwt', suite: 'SM2-SM3' }],
};

/** Issuing with everything included: compose, intent, sequence, sign, judge our own file, durable. */
export async function prepare({ directory }) {
  const { service } = await openSampleService(directory);
  const cases = Object.entries(WANTED).map(([name, renditions]) => [
    name,
    { act: () => issueSample(service, renditions), inFlight: 32 },
  ]);
  return { cases: Object.fromEntries(cases), facts: {}, close: () => service.close() };
}
