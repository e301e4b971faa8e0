import { startEngine } from '#test/engine.ts';

type Client = ReturnType<typeof startEngine>['client'];

interface Event {
  readonly type: string;
}
type People<E> = E extends { readonly type: 'people'; readonly people: readonly (infer Person)[] }
  ? Person
  : never;
type Result<E> = E extends { readonly type: 'result'; readonly result: infer R } ? R : never;

export interface Finished<E extends Event> {
  readonly result: Result<E>;
  readonly people: readonly People<E>[];
  readonly events: readonly E['type'][];
}

/** Long work of the engine to its end, through the same calls as every host. */
export async function toTheEnd<E extends Event>(
  begin: (client: Client) => Promise<AsyncIterable<E>>,
): Promise<Finished<E>> {
  const engine = startEngine();
  const people: People<E>[] = [];
  const events: E['type'][] = [];
  let result: Result<E> | null = null;
  try {
    for await (const event of await begin(engine.client)) {
      events.push(event.type);
      if (event.type === 'people') people.push(...(event as unknown as { people: People<E>[] }).people);
      if (event.type === 'result') result = (event as unknown as { result: Result<E> }).result;
    }
  } finally {
    await engine.close();
  }
  if (engine.bugs.length > 0) throw engine.bugs[0];
  if (result === null) throw new Error('the work ended without a result');
  return { result, people, events };
}
