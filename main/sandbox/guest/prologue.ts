/**
 * Evaluated before everything else, in the scope around Node's lib and the guest. Scripts lose WebAssembly, but Node's
 * `fetch` needs it, so the lib is compiled with the object below under that name. The engine's own arrives at connect:
 * while a snapshot is made there is none, and what the lib asks for then waits until there is.
 */
interface Engine {
  readonly Module: new (bytes: unknown) => object;
  readonly Instance: new (module: object, imports?: unknown) => object;
}

let engine: Engine | null = null;
let waiting: (() => void)[] = [];

export function useEngine(given: Engine): void {
  engine = given;
  const ready = waiting;
  waiting = [];
  for (const start of ready) start();
}

function withEngine<Result>(action: (given: Engine) => Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    const start = (): void => {
      if (engine === null) {
        waiting.push(start);
        return;
      }
      try {
        resolve(action(engine));
      } catch (error) {
        reject(error instanceof Error ? error : new Error('WebAssembly failed'));
      }
    };
    start();
  });
}

/**
 * Asynchronous compilation never settles in an isolate that is entered synchronously; both functions therefore
 * compile at once and resolve.
 */
export const privateWebAssembly = {
  compile: (bytes: unknown): Promise<object> => withEngine(({ Module }) => new Module(bytes)),
  instantiate: (source: object, imports?: unknown): Promise<object> =>
    withEngine(({ Module, Instance }) => {
      if (source instanceof Module) return new Instance(source, imports);
      const module = new Module(source);
      return { module, instance: new Instance(module, imports) };
    }),
};
