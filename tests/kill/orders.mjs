import { readFileSync } from 'node:fs';

const TYPES = ['business-licence', 'residence-certificate', 'food-business-licence'];
const SM2_PDF = [{ kind: 'pdf', suite: 'SM2-SM3' }];
const ALL_THREE = [...SM2_PDF, { kind: 'pdf', suite: 'ECDSA-P256-SHA256' }, { kind: 'sd-jwt', suite: 'SM2-SM3' }];
/** Shares of what is asked for next. */
const WITH_ALL_THREE = 0.2;
const ASKED_AGAIN = 0.1;
const NEVER_RETRIED = 0.2;

/**
 * The client's own book of what it asked for and what it was told: the side of the argument that no crash touches.
 *
 * An order is `{ key, body, answer, isGivenUp }`; `answer` is the JSON of the 201 that arrived whole, or null.
 */
export class Orders {
  all = [];
  violations = [];
  /** Keys of acknowledged orders that did not hold. */
  broken = new Set();
  retries = { unanswered: 0, answered: 0 };
  cut = 0;
  #waiting = [];
  #newAnswers = [];

  constructor(stage, random) {
    this.random = random;
    this.samples = TYPES.map((type) => JSON.parse(readFileSync(stage.at('templates', type, 'sample.json'), 'utf8')));
  }

  get answered() {
    return this.all.filter(({ answer }) => answer !== null);
  }

  /** Orders to repeat come first: they are the point. */
  next() {
    const cut = this.#waiting.shift();
    if (cut) {
      this.retries[cut.answer === null ? 'unanswered' : 'answered']++;
      return cut;
    }
    if (this.random() < ASKED_AGAIN) {
      const { answered } = this;
      const again = answered[Math.floor(this.random() * answered.length)];
      if (again) {
        this.retries.answered++;
        return again;
      }
    }
    return this.#newOrder();
  }

  nextWaiting() {
    return this.#waiting.length > 0 ? this.next() : undefined;
  }

  #newOrder() {
    const serial = this.all.length + 1;
    const { type, items } = this.samples[serial % this.samples.length];
    const renditions = this.random() < WITH_ALL_THREE ? ALL_THREE : SM2_PDF;
    // The serial makes each request its own, so that files in each other's place would be found.
    const body = { type, items: { ...items, address: addressOf(serial) }, sample: true, renditions };
    const order = { key: `order-${String(serial).padStart(12, '0')}`, body, answer: null, isGivenUp: false };
    this.all.push(order);
    return order;
  }

  settle(order, { status, text }) {
    if (status !== 201) this.violations.push(`${order.key}: answered ${status} ${text()}`);
    else if (order.answer === null) {
      order.answer = text();
      this.#newAnswers.push(order);
    } else if (order.answer !== text())
      this.violations.push(`${order.key}: answered differently: ${order.answer} then ${text()}`);
  }

  /** Orders that were answered since the last call. */
  takeNewAnswers() {
    return this.#newAnswers.splice(0);
  }

  /** An acknowledgement that does not hold. */
  complain(key, what) {
    this.broken.add(key);
    this.violations.push(`${key}: ${what}`);
  }

  /** The connection ended before the answer did. Some clients never ask again. */
  lose(order) {
    this.cut++;
    if (order.answer === null && this.random() < NEVER_RETRIED) order.isGivenUp = true;
    else this.#waiting.push(order);
  }
}

const addressOf = (serial) => `示例省示例市青禾区样本路${serial}号`;

/** Keeps `lanes` requests in flight until `end` or until the service dies; then all have ended. */
export class Load {
  /** Milliseconds that the first answers of a life take, smoothed; a request that was cut later than that counts too. */
  latency = null;
  /** Orders that the last kill cut. */
  cut = new Set();

  constructor(client, orders, lanes) {
    this.client = client;
    this.orders = orders;
    this.lanes = lanes;
  }

  begin() {
    this.#run(() => this.orders.next());
  }

  /** Repeats what is still without an answer, and nothing else. */
  async finish() {
    this.#run(() => this.orders.nextWaiting());
    await this.done;
  }

  async end() {
    this.isRunning = false;
    await this.done;
  }

  #run(next) {
    this.isRunning = true;
    this.cut = new Set();
    this.done = Promise.all(Array.from({ length: this.lanes }, () => this.#lane(next)));
  }

  async #lane(next) {
    for (let isFirst = true; this.isRunning; isFirst = false) {
      const order = next();
      if (!order) return;
      const sentAt = performance.now();
      let answer;
      try {
        answer = await issue(this.client, order);
      } catch (error) {
        // A connection that ended has a code; anything else is no work of the kill.
        if (error.code === undefined) this.orders.violations.push(`${order.key}: ${error.message}`);
        this.cut.add(order);
        this.orders.lose(order);
        if (isFirst && performance.now() - sentAt > this.latency) this.#observe(performance.now() - sentAt);
        return;
      }
      if (isFirst) this.#observe(performance.now() - sentAt);
      this.orders.settle(order, answer);
    }
  }

  #observe(ms) {
    this.latency = this.latency === null ? ms : this.latency + (ms - this.latency) / 10;
  }
}

function issue(client, { key, body }) {
  return client.send({
    method: 'POST',
    path: '/api/v1/licences',
    json: body,
    headers: { 'Idempotency-Key': key },
    scope: 'licences:issue',
  });
}
