import { parse } from 'yaml';

/** The parts of OpenAPI 3.1 that this service reads from its own contract. References are resolved in place. */
export interface Contract {
  readonly document: object;
  readonly operations: readonly ContractOperation[];
}

export interface ContractOperation {
  readonly operationId: string;
  readonly method: string;
  /** `/journal/tile/{level}/{index}` */
  readonly template: string;
  readonly scopes: readonly string[] | null;
  readonly rateLimit: string | null;
  readonly parameters: readonly ContractParameter[];
  readonly body: { readonly contents: readonly ContractContent[] } | null;
  /** By status text, `default` included. */
  readonly responses: ReadonlyMap<string, readonly ContractContent[]>;
}

export interface ContractParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly mayHaveSlashes: boolean;
  readonly isInteger: boolean;
  /** JSON pointer of the schema in the document. */
  readonly schema: string;
}

export interface ContractContent {
  readonly mediaType: string;
  readonly schema: string;
}

type Node = Readonly<Record<string, unknown>>;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Throws TypeError where the contract uses something that is not understood here: that stops the start. */
export function readContract(text: string): Contract {
  const document = parse(text) as Node;
  const reader = new Reader(document);
  const operations = Object.entries(document['paths'] as Node).flatMap(([template, item]) =>
    METHODS.filter((method) => method in (item as Node)).map((method) => reader.operation(template, method)),
  );
  return { document, operations };
}

class Reader {
  constructor(private readonly document: Node) {}

  operation(template: string, method: string): ContractOperation {
    const item = `/paths/${escape(template)}`;
    const at = `${item}/${method}`;
    const node = this.at(at);
    const operationId = node['operationId'];
    if (typeof operationId !== 'string') throw new TypeError(`contract: ${method} ${template} has no operationId`);
    return {
      operationId,
      method: method.toUpperCase(),
      template,
      scopes: this.scopes(node),
      rateLimit: (node['x-rate-limit'] as string | undefined) ?? null,
      parameters: [item, at].flatMap((owner) =>
        this.children(`${owner}/parameters`).map((pointer) => this.parameter(pointer)),
      ),
      body: 'requestBody' in node ? { contents: this.contents(`${at}/requestBody`) } : null,
      responses: new Map(
        Object.keys(node['responses'] as Node).map((status) => [status, this.contents(`${at}/responses/${status}`)]),
      ),
    };
  }

  private scopes(node: Node): readonly string[] | null {
    const [requirement] = (node['security'] ?? this.document['security'] ?? []) as Record<string, string[]>[];
    return requirement?.['token'] ?? null;
  }

  private parameter(pointer: string): ContractParameter {
    const resolved = this.resolve(pointer);
    const node = this.at(resolved);
    const schema = this.at(this.resolve(`${resolved}/schema`));
    return {
      name: node['name'] as string,
      in: node['in'] as ContractParameter['in'],
      required: node['required'] === true,
      mayHaveSlashes: node['x-slashes'] === true,
      isInteger: schema['type'] === 'integer',
      schema: `${resolved}/schema`,
    };
  }

  private contents(pointer: string): readonly ContractContent[] {
    const resolved = this.resolve(pointer);
    const content = (this.at(resolved)['content'] ?? {}) as Node;
    return Object.keys(content).map((mediaType) => ({
      mediaType,
      schema: `${resolved}/content/${escape(mediaType)}/schema`,
    }));
  }

  /** Follows `$ref` until something else is there. */
  private resolve(pointer: string): string {
    const ref = this.at(pointer)['$ref'];
    return typeof ref === 'string' ? this.resolve(ref.slice(1)) : pointer;
  }

  private children(pointer: string): readonly string[] {
    const list = this.find(pointer);
    return Array.isArray(list) ? list.map((_, i) => `${pointer}/${i}`) : [];
  }

  private at(pointer: string): Node {
    const node = this.find(pointer);
    if (typeof node !== 'object' || node === null) throw new TypeError(`contract: nothing at ${pointer}`);
    return node as Node;
  }

  private find(pointer: string): unknown {
    let node: unknown = this.document;
    for (const step of pointer.split('/').slice(1)) node = (node as Node | undefined)?.[unescape(step)];
    return node;
  }
}

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const unescape = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
