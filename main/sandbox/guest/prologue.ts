/**
 * Runs before everything else in the scope around Node's lib and the guest. Scripts lose WebAssembly, but Node's
 * `fetch` needs it, so the lib is compiled with this one. Asynchronous compilation never settles in an isolate that
 * is entered synchronously; the two asynchronous functions therefore compile at once and resolve.
 */
interface Engine {
  readonly Module: new (bytes: unknown) => object;
  readonly Instance: new (module: object, imports?: unknown) => object;
}

export function privateWebAssembly(engine: Engine | undefined): object | undefined {
  if (engine === undefined) return undefined;
  const { Module, Instance } = engine;
  return {
    ...Object.fromEntries(
      Object.getOwnPropertyNames(engine).map((name) => [
        name,
        (engine as unknown as Record<string, unknown>)[name],
      ]),
    ),
    compile: async (bytes: unknown) => new Module(bytes),
    instantiate: async (source: object, imports?: unknown) => {
      if (source instanceof Module) return new Instance(source, imports);
      const module = new Module(source);
      return { module, instance: new Instance(module, imports) };
    },
  };
}
